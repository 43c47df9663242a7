using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Gateway.Caching;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.PubSub.InMemory;
using NewsGraph.Tests.Execution.Caching;

namespace NewsGraph.Tests.Caching;

/// <summary>A node that keeps results, and a log of changes that shows what a test wants, as the two databases would.</summary>
internal sealed class ScriptedChanges : IChangeLog, IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public ScriptedChanges()
    {
        Bus = new InMemoryTopicBus(Options.Create(new InMemoryTopicBusOptions { QueueCapacity = 10_000 }), NullLogger<InMemoryTopicBus>.Instance);
        Purge = new ResponsePurge(House.Cache, Bus, NullLogger<ResponsePurge>.Instance);
        Sweep = new ChangeSweep(
            this, House.Cache, Purge, Bus, Options.Create(new FeedOptions { PositionCheckInterval = Interval }), House.Time, NullLogger<ChangeSweep>.Instance);
    }

    public CacheHouse House { get; } = new();

    public InMemoryTopicBus Bus { get; }

    public ResponsePurge Purge { get; }

    public ChangeSweep Sweep { get; }

    /// <summary>What the log shows now.</summary>
    public ChangePage Page { get; set; } = new([], new ChangePosition(10, 1_000, "5 Fifth"), Oldest: 8, Last: 10, HasMore: false);

    /// <summary>Whether it can be read at all.</summary>
    public bool IsAway { get; set; }

    /// <summary>Complete when a reading may go on.</summary>
    public TaskCompletionSource? Held { get; set; }

    public int Readings { get; private set; }

    public async Task<ChangePage> ReadChangesAsync(ChangePosition? after, CancellationToken cancellationToken)
    {
        Readings++;
        if (Held is not null)
        {
            await Held.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }

        return IsAway ? throw new IOException("The database is away.") : Page;
    }

    public Task SweepAsync() => Sweep.SweepAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Sweep.StopAsync(CancellationToken.None);
        Sweep.Dispose();
    }

    public static CommittedChange Change(long id, params ReadOnlySpan<DataTag> tags) => new(id, Bytes(tags));

    /// <summary>What another node rings for it.</summary>
    public static byte[] Bell(long id, params ReadOnlySpan<DataTag> tags) => [.. BitConverter.GetBytes(id), .. tags.IsEmpty ? [] : Bytes(tags)];

    private static byte[] Bytes(ReadOnlySpan<DataTag> tags)
    {
        List<byte> bytes = [1];
        foreach (var tag in tags)
        {
            bytes.AddRange(BitConverter.GetBytes(tag.Value));
        }

        return [.. bytes];
    }
}
