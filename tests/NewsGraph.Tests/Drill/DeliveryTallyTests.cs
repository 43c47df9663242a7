using NewsGraph.Gateway.Drill;

namespace NewsGraph.Tests.Drill;

public sealed class DeliveryTallyTests
{
    [Fact]
    public void A_reader_that_got_everything_once_and_in_order_is_perfect()
    {
        var tally = DeliveryTally.Of([0, 1, 2, 3], expected: 4);

        Assert.Equal(new DeliveryTally(Expected: 4, Received: 4, Missing: 0, Doubled: 0, OutOfOrder: 0, Unknown: 0), tally);
        Assert.True(tally.IsPerfect);
    }

    [Theory]
    [InlineData("", 3, 0, 0, 0)]
    [InlineData("0 2", 1, 0, 0, 0)]
    [InlineData("0 1", 1, 0, 0, 0)]
    [InlineData("1 2", 1, 0, 0, 0)]
    [InlineData("0 0 1 2", 0, 1, 0, 0)]
    [InlineData("0 1 2 0 1 2", 0, 3, 0, 0)]
    [InlineData("0 2 1", 0, 0, 1, 0)]
    [InlineData("2 1 0", 0, 0, 2, 0)]
    [InlineData("0 2 1 1", 0, 1, 1, 0)]
    [InlineData("0 1 2 -1", 0, 0, 0, 1)]
    public void Whatever_is_wrong_is_counted_as_what_it_is(string received, int missing, int doubled, int outOfOrder, int unknown)
    {
        var tally = DeliveryTally.Of(Places(received), expected: 3);

        Assert.Equal((missing, doubled, outOfOrder, unknown), (tally.Missing, tally.Doubled, tally.OutOfOrder, tally.Unknown));
        Assert.False(tally.IsPerfect);
    }

    [Fact]
    public void What_comes_after_the_end_is_neither_due_nor_wrong()
    {
        var tally = DeliveryTally.Of([0, 1, 2, 3], expected: 3);

        Assert.True(tally.IsPerfect);
        Assert.Equal((3, 4), (tally.Expected, tally.Received));
    }

    [Fact]
    public void Readers_add_up()
    {
        var total = DeliveryTally.Of([0, 2, 2], expected: 3) + DeliveryTally.Of([1, 0, -1], expected: 3);

        Assert.Equal(new DeliveryTally(Expected: 6, Received: 6, Missing: 2, Doubled: 1, OutOfOrder: 1, Unknown: 1), total);
    }

    private static int[] Places(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
}
