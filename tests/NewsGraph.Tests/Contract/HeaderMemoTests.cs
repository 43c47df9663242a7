using System.Globalization;
using NewsGraph.Transports.Http;

namespace NewsGraph.Tests.Contract;

public sealed class HeaderMemoTests
{
    private int _read;

    [Fact]
    public void A_value_that_comes_again_is_read_once()
    {
        var memo = Memo();

        Assert.Equal("a", memo.Read("a"));
        Assert.Equal("a", memo.Read(new string(['a'])));

        Assert.Equal(1, _read);
    }

    [Fact]
    public void A_flood_of_different_values_takes_bounded_memory()
    {
        var memo = Memo();
        for (var i = 0; i < 10 * HeaderMemo<string>.MaxCount; i++)
        {
            memo.Read(i.ToString(CultureInfo.InvariantCulture));
            Assert.InRange(memo.Count, 1, HeaderMemo<string>.MaxCount);
        }
    }

    [Fact]
    public void A_long_value_and_one_in_several_lines_are_not_remembered()
    {
        var memo = Memo();

        memo.Read(new string('a', 513));
        memo.Read(new string[] { "a", "b" });

        Assert.Equal(2, _read);
        Assert.Equal(0, memo.Count);
    }

    private HeaderMemo<string> Memo() => new(values =>
    {
        _read++;
        return values.ToString();
    });
}
