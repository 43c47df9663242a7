using Microsoft.Extensions.Options;

namespace NewsGraph.Engine.Execution.Groups;

/// <summary>
/// All groups of equal subscribers of this process. A group begins with its first member and ends with its last.
/// Safe for concurrent use.
/// </summary>
internal sealed class SubscriptionGroups(IOptions<SubscriptionOptions> options, SubscriptionMetrics metrics, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GroupKey, SubscriptionGroup> _groups = [];

    public SubscriptionOptions Options { get; } = options.Value;

    public SubscriptionMetrics Metrics { get; } = metrics;

    public TimeProvider Time { get; } = time;

    /// <summary>Lets in one replay at a time per place.</summary>
    public SemaphoreSlim Replays { get; } = new(options.Value.MaxConcurrentReplays);

    public SubscriptionGroup Join(in GroupKey key, SharedStream stream, EventExecution execution, GroupMember member)
    {
        SubscriptionGroup? group;
        lock (_gate)
        {
            if (!_groups.TryGetValue(key, out group))
            {
                group = new SubscriptionGroup(this, key, stream, execution);
                _groups.Add(key, group);
                Metrics.CountGroups(1);
            }

            group.MemberCount++;
        }

        Metrics.CountMembers(1);
        group.Join(member);
        return group;
    }

    public void Leave(SubscriptionGroup group, GroupMember member)
    {
        group.Leave(member);
        Metrics.CountMembers(-1);
        lock (_gate)
        {
            if (--group.MemberCount > 0)
            {
                return;
            }

            Forget(group);
        }

        Metrics.CountGroups(-1);
        group.Stop();
    }

    /// <summary>Lets nobody join a group any more: it has failed, and its members are leaving.</summary>
    public void Abandon(SubscriptionGroup group)
    {
        lock (_gate)
        {
            Forget(group);
        }
    }

    private void Forget(SubscriptionGroup group)
    {
        if (_groups.TryGetValue(group.Key, out var current) && ReferenceEquals(current, group))
        {
            _groups.Remove(group.Key);
        }
    }
}
