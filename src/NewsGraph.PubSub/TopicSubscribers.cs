using System.Collections.Immutable;

namespace NewsGraph.PubSub;

/// <summary>The subscriptions of one topic on this node. Posting reads a snapshot and takes no lock.</summary>
internal sealed class TopicSubscribers
{
    private ImmutableArray<TopicSubscription> _subscriptions = [];

    public bool IsEmpty => _subscriptions.IsEmpty;

    public void Add(TopicSubscription subscription) =>
        ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Add(one), subscription);

    public void Remove(TopicSubscription subscription) =>
        ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Remove(one), subscription);

    public void Post(ReadOnlyMemory<byte> message)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Post(message);
        }
    }

    public Task CloseAsync() => Task.WhenAll(_subscriptions.Select(subscription => subscription.CloseAsync()));
}
