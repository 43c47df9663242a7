using System.Diagnostics.Metrics;

namespace NewsGraph.Engine.Execution.Groups;

/// <summary>
/// What is measured of shared subscriptions, by the meter <see cref="MeterName"/>. An event's executions are
/// <c>newsgraph.subscriptions.executions</c>; with one group they are as many as the events, whatever the members.
/// </summary>
public sealed class SubscriptionMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "NewsGraph.Subscriptions";

    private readonly Meter _meter;
    private readonly Counter<long> _executions;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _replayed;
    private readonly UpDownCounter<long> _groups;
    private readonly UpDownCounter<long> _members;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes the meter; null for one of its own.</param>
    public SubscriptionMetrics(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _executions = _meter.CreateCounter<long>("newsgraph.subscriptions.executions", "{execution}", "Selections executed for an event.");
        _deliveries = _meter.CreateCounter<long>("newsgraph.subscriptions.deliveries", "{delivery}", "Results pushed to members as they happened.");
        _replayed = _meter.CreateCounter<long>("newsgraph.subscriptions.replayed", "{delivery}", "Results pushed to members that returned.");
        _groups = _meter.CreateUpDownCounter<long>("newsgraph.subscriptions.groups", "{group}", "Groups of equal subscribers.");
        _members = _meter.CreateUpDownCounter<long>("newsgraph.subscriptions.members", "{member}", "Subscribers in groups.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Executed() => _executions.Add(1);

    internal void Delivered(int count) => _deliveries.Add(count);

    internal void Replayed(int count) => _replayed.Add(count);

    internal void CountGroups(int change) => _groups.Add(change);

    internal void CountMembers(int change) => _members.Add(change);
}
