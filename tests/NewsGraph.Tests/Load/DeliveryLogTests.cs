using System.Diagnostics;
using NewsGraph.Gateway.Drill;
using NewsGraph.Load.Fanout;

namespace NewsGraph.Tests.Load;

public sealed class DeliveryLogTests
{
    private const int First = 100;

    [Fact]
    public void The_order_in_which_events_first_arrive_is_the_one_for_all()
    {
        // Posts overlap, so the second may well be stored first.
        var log = Log(subscribers: 2, "0:1 0:0 0:2", "1:1 1:0 1:2");

        Assert.Equal(new DeliveryTally(Expected: 6, Received: 6, Missing: 0, Doubled: 0, OutOfOrder: 0, Unknown: 0), log.Total(3));
        Assert.Equal(6, log.Latency.Count);
    }

    [Theory]
    [InlineData("1:0 1:2", 1, 0, 0)]
    [InlineData("1:0 1:1", 1, 0, 0)]
    [InlineData("", 3, 0, 0)]
    [InlineData("1:0 1:1 1:1 1:2", 0, 1, 0)]
    [InlineData("1:0 1:2 1:1", 0, 0, 1)]
    public void What_one_subscriber_misses_or_repeats_is_counted(string second, int missing, int doubled, int outOfOrder)
    {
        var total = Log(subscribers: 2, "0:0 0:1 0:2", second).Total(3);

        Assert.Equal((missing, doubled, outOfOrder), (total.Missing, total.Doubled, total.OutOfOrder));
    }

    [Fact]
    public void An_event_nobody_got_is_missing_for_everybody() => Assert.Equal(2, Log(subscribers: 2, "0:0 1:0").Total(2).Missing);

    [Fact]
    public void An_event_is_through_when_the_last_has_got_it()
    {
        var reached = new List<int>();
        var log = new DeliveryLog(First, capacity: 10, subscribers: 2) { ReachedAll = reached.Add };

        Receive(log, "0:0 0:1 1:0");
        Assert.Equal([First], reached);
        Receive(log, "1:1");
        Assert.Equal([First, First + 1], reached);
    }

    [Fact]
    public void Events_of_before_are_not_counted()
    {
        var log = new DeliveryLog(First, capacity: 1, subscribers: 1);

        log.Received(0, First - 1, Stopwatch.GetTimestamp(), []);
        log.Received(0, First + 1, Stopwatch.GetTimestamp(), []);

        Assert.Equal(0, log.Count);
    }

    private static DeliveryLog Log(int subscribers, params string[] deliveries)
    {
        var log = new DeliveryLog(First, capacity: 10, subscribers);
        Array.ForEach(deliveries, text => Receive(log, text));
        return log;
    }

    private static void Receive(DeliveryLog log, string deliveries)
    {
        foreach (var delivery in deliveries.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(d => d.Split(':').Select(int.Parse).ToArray()))
        {
            log.Starting(First + delivery[1]);
            log.Received(delivery[0], First + delivery[1], Stopwatch.GetTimestamp(), []);
        }
    }
}
