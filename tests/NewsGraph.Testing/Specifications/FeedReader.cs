using NewsGraph.Gateway.Feeds;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Specifications;

/// <summary>Reads a feed with a limit on every wait.</summary>
public sealed class FeedReader(FeedSubscription subscription) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<FeedEvent> _events = subscription.GetAsyncEnumerator();

    /// <summary>The number after which the events begin.</summary>
    public long After { get; } = subscription.After;

    /// <summary>The next event, or null when there are no more.</summary>
    public async Task<FeedEvent?> NextAsync() => await _events.MoveNextAsync().AsTask().WaitAsync(Waiting.Limit) ? _events.Current : null;

    /// <summary>The numbers of the next events.</summary>
    public async Task<List<long>> NumbersAsync(int count)
    {
        List<long> numbers = [];
        while (numbers.Count < count && await NextAsync() is { } entry)
        {
            numbers.Add(entry.Number);
        }

        return numbers;
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();

        // An enumerator that never began runs nothing when it is disposed.
        await subscription.DisposeAsync();
    }
}
