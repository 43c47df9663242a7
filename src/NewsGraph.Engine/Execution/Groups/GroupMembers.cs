namespace NewsGraph.Engine.Execution.Groups;

/// <summary>Members in no particular order, added and removed at once. Not safe for concurrent use.</summary>
internal sealed class GroupMembers
{
    private readonly List<GroupMember> _members = [];

    public int Count => _members.Count;

    public GroupMember this[int index] => _members[index];

    public void Add(GroupMember member)
    {
        member.List = this;
        member.Slot = _members.Count;
        _members.Add(member);
    }

    /// <summary>Takes a member out; the last one takes its place.</summary>
    public void Remove(GroupMember member)
    {
        var last = _members[^1];
        _members[member.Slot] = last;
        last.Slot = member.Slot;
        _members.RemoveAt(_members.Count - 1);
        member.List = null;
    }
}

/// <summary>One subscriber's place in its group. The group's lock guards all of it.</summary>
/// <param name="sink">Where its results go.</param>
/// <param name="stream">What it asked for.</param>
internal sealed class GroupMember(ISubscriptionSink sink, SharedStream stream)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ISubscriptionSink Sink { get; } = sink;

    /// <summary>The last number there was when it subscribed.</summary>
    public long Known { get; } = stream.Known;

    /// <summary>It has everything up to this number; not kept up to date while it is live.</summary>
    public long Cursor { get; set; } = stream.After;

    /// <summary>Whether a replay has filled its queue.</summary>
    public bool IsFull { get; set; }

    /// <summary>The list it is in; null when it has left.</summary>
    public GroupMembers? List { get; set; }

    public int Slot { get; set; }

    /// <summary>Completes when the member is to leave.</summary>
    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();
}
