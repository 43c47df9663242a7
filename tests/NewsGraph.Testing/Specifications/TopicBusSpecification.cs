using System.Text;
using NewsGraph.PubSub;

namespace NewsGraph.Testing.Specifications;

/// <summary>
/// What every <see cref="ITopicBus"/> promises. A test publishes on one node and listens on another; a backend that
/// has only one node answers with the same bus twice.
/// </summary>
public abstract class TopicBusSpecification
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _topic = $"topic {Guid.NewGuid()}";

    protected static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    /// <summary>The node that publishes.</summary>
    protected abstract ITopicBus Here { get; }

    /// <summary>Another node of the same installation, or the same one.</summary>
    protected abstract ITopicBus There { get; }

    [Fact]
    public async Task A_message_reaches_the_subscribers_of_its_topic_on_every_node()
    {
        var here = new TopicProbe();
        var there = new TopicProbe();
        var elsewhere = new TopicProbe();
        await using var first = await Here.SubscribeAsync(_topic, here.Hear, TestCancellation);
        await using var second = await There.SubscribeAsync(_topic, there.Hear, TestCancellation);
        await using var third = await There.SubscribeAsync(_topic + "!", elsewhere.Hear, TestCancellation);

        await PublishAsync(_topic, """{"number":7}""");

        Assert.Equal("""{"number":7}""", await here.NextAsync());
        Assert.Equal("""{"number":7}""", await there.NextAsync());
        await PublishAsync(_topic + "!", "end");
        Assert.Equal("end", await elsewhere.NextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" {\"spaced\": 1} ")]
    [InlineData("[1,2")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{\"a\":1}{\"b\":2}")]
    [InlineData("\0\u0001\u007f plain")]
    public async Task Any_bytes_arrive_as_they_were_sent(string text)
    {
        var probe = new TopicProbe();
        await using var subscription = await There.SubscribeAsync(_topic, probe.Hear, TestCancellation);

        await PublishAsync(_topic, text);
        await Here.PublishAsync(_topic, new byte[] { 0xFF, 0x00, 0x80 }, TestCancellation);

        Assert.Equal(text, await probe.NextAsync());
        Assert.Equal([0xFF, 0x00, 0x80], await probe.NextBytesAsync());
    }

    [Fact]
    public async Task Messages_of_one_publisher_arrive_in_order_and_one_at_a_time()
    {
        var probe = new TopicProbe();
        var running = 0;
        var overlapped = false;
        await using var subscription = await There.SubscribeAsync(
            _topic,
            message =>
            {
                overlapped |= Interlocked.Increment(ref running) != 1;
                probe.Hear(message);
                Interlocked.Decrement(ref running);
            },
            TestCancellation);

        for (var number = 0; number < 500; number++)
        {
            await PublishAsync(_topic, $"{number}");
        }

        for (var number = 0; number < 500; number++)
        {
            Assert.Equal($"{number}", await probe.NextAsync());
        }

        Assert.False(overlapped);
    }

    [Fact]
    public async Task A_throwing_handler_hurts_neither_the_others_nor_its_own_next_message()
    {
        var faulty = new TopicProbe();
        var sound = new TopicProbe();
        await using var first = await There.SubscribeAsync(
            _topic,
            message =>
            {
                faulty.Hear(message);
                throw new InvalidOperationException("The handler failed.");
            },
            TestCancellation);
        await using var second = await There.SubscribeAsync(_topic, sound.Hear, TestCancellation);

        await PublishAsync(_topic, "one");
        await PublishAsync(_topic, "two");

        Assert.Equal("one", await sound.NextAsync());
        Assert.Equal("two", await sound.NextAsync());
        Assert.Equal("one", await faulty.NextAsync());
        Assert.Equal("two", await faulty.NextAsync());
    }

    [Fact]
    public async Task A_blocked_handler_holds_up_neither_the_publisher_nor_the_others()
    {
        var other = new TopicProbe();
        using var release = new ManualResetEventSlim();
        await using var blocked = await There.SubscribeAsync(_topic, _ => release.Wait(Limit), TestCancellation);
        await using var free = await There.SubscribeAsync(_topic, other.Hear, TestCancellation);

        await PublishAsync(_topic, "one");
        await PublishAsync(_topic, "two");

        Assert.Equal("one", await other.NextAsync());
        Assert.Equal("two", await other.NextAsync());
        release.Set();
    }

    [Fact]
    public async Task A_disposed_subscription_hears_nothing_more_and_may_be_disposed_again()
    {
        var gone = new TopicProbe();
        var stays = new TopicProbe();
        var subscription = await There.SubscribeAsync(_topic, gone.Hear, TestCancellation);
        await using var other = await There.SubscribeAsync(_topic, stays.Hear, TestCancellation);

        await subscription.DisposeAsync();
        await subscription.DisposeAsync();
        await PublishAsync(_topic, "after");

        Assert.Equal("after", await stays.NextAsync());
        Assert.True(gone.IsSilent);
    }

    [Fact]
    public async Task Disposing_waits_for_the_handler_that_is_running()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var subscription = await There.SubscribeAsync(
            _topic,
            _ =>
            {
                entered.Set();
                release.Wait(Limit);
            },
            TestCancellation);
        await PublishAsync(_topic, "one");
        Assert.True(entered.Wait(Limit, TestCancellation));

        var disposing = subscription.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        release.Set();

        await disposing.WaitAsync(Limit, TestCancellation);
    }

    [Fact]
    public async Task A_handler_may_dispose_its_own_subscription()
    {
        var done = new TaskCompletionSource<Task>();
        IAsyncDisposable? subscription = null;
        subscription = await There.SubscribeAsync(
            _topic, _ => done.TrySetResult(subscription!.DisposeAsync().AsTask()), TestCancellation);

        await PublishAsync(_topic, "one");

        await (await done.Task.WaitAsync(Limit, TestCancellation)).WaitAsync(Limit, TestCancellation);
    }

    [Fact]
    public async Task The_last_one_leaving_while_the_next_one_comes_loses_no_subscription()
    {
        for (var round = 0; round < 50; round++)
        {
            var leaving = await There.SubscribeAsync(_topic, static _ => { }, TestCancellation);
            var probe = new TopicProbe();
            var coming = Task.Run(async () => await There.SubscribeAsync(_topic, probe.Hear, TestCancellation), TestCancellation);
            await leaving.DisposeAsync();
            await using var come = await coming.WaitAsync(Limit, TestCancellation);

            await PublishAsync(_topic, $"round {round}");

            Assert.Equal($"round {round}", await probe.NextAsync());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public async Task A_topic_without_a_name_or_with_too_long_a_name_is_refused(int length)
    {
        var topic = new string('t', length);

        await Assert.ThrowsAsync<ArgumentException>(async () => await PublishAsync(topic, "one"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Here.SubscribeAsync(topic, static _ => { }, TestCancellation));
    }

    [Fact]
    public async Task It_delivers_and_says_so()
    {
        await using var subscription = await Here.SubscribeAsync(_topic, static _ => { }, TestCancellation);

        Assert.True(Here.Status.Delivers);
        Assert.Null(Here.Status.Problem);
    }

    private async Task PublishAsync(string topic, string message) =>
        await Here.PublishAsync(topic, Encoding.UTF8.GetBytes(message), TestCancellation);
}
