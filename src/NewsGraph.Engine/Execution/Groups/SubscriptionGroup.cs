using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace NewsGraph.Engine.Execution.Groups;

/// <summary>
/// Equal subscribers. Each event is executed and written once; then a loop puts the same bytes into every member's queue.
/// Members that return catch up on the other path, in <c>SubscriptionGroup.CatchUp.cs</c>, and join the loop between two
/// events. Lock order: registry, source, group, sink.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and hands out no wait handle, and an execution may outlive the group for a moment.")]
internal sealed partial class SubscriptionGroup : IEventListener, IThreadPoolWorkItem
{
    // Events beyond are not kept but read again; only an execution slower than the events gets here.
    private const int MaxWaiting = 1024;

    // So many events that wait already are told in one pass over the members, each of whom then costs the memory's
    // latency once; more would keep the first of them too long.
    private const int MaxTogether = 16;

    private readonly SubscriptionGroups _groups;
    private readonly IEventSource _source;
    private readonly EventExecution _execution;
    private readonly Func<object, object?>? _select;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly GroupMembers _live = new();
    private readonly GroupMembers _behind = new();
    private readonly Queue<SourceEvent> _waiting = new();
    private readonly EventRing _ring;
    private readonly ReplayCache _replay;
    private long _known;
    private long _executed;
    private bool _executing;
    private bool _catchingUp;
    private long _caughtUpAt;
    private SubscriptionEvent? _failure;

    /// <summary>Begins a group after the last event its source has told. The registry's lock is held.</summary>
    public SubscriptionGroup(SubscriptionGroups groups, in GroupKey key, SharedStream stream, EventExecution execution)
    {
        (_groups, Key, _source, _select, _execution) = (groups, key, stream.Source, stream.Select, execution);
        _replay = new ReplayCache(groups.Options.KeptBytes);
        lock (_gate)
        {
            // Events may arrive before the number does; they wait here. Nobody can wait for this lock with the source's
            // own in hand, since it does not know this listener before.
            _executed = _source.Add(this);
            _known = Math.Max(_known, _executed);
            _ring = new EventRing(groups.Options.KeptEvents, groups.Options.KeptBytes, _executed);
        }
    }

    public GroupKey Key { get; }

    /// <summary>Guarded by the registry's lock.</summary>
    public int MemberCount { get; set; }

    public void Join(GroupMember member)
    {
        lock (_gate)
        {
            if (_failure is { } failure)
            {
                member.Sink.OnNext(failure);
                member.End();
                return;
            }

            _behind.Add(member);
            if (!TryServeFromMemory(member))
            {
                StartCatchUp();
            }
        }
    }

    /// <summary>When this returns the member gets nothing any more.</summary>
    public void Leave(GroupMember member)
    {
        lock (_gate)
        {
            member.List?.Remove(member);
        }
    }

    /// <summary>The last member has left.</summary>
    public void Stop()
    {
        _source.Remove(this);
        _ = _stop.CancelAsync();
    }

    public void OnEvent(in SourceEvent item)
    {
        lock (_gate)
        {
            _known = Math.Max(_known, item.Number);
            if (_waiting.Count < MaxWaiting)
            {
                _waiting.Enqueue(item);
            }

            if (!_executing && _failure is null)
            {
                _executing = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        try
        {
            var next = new List<SourceEvent>();
            while (TryTake(next))
            {
                if (next.Count > 0)
                {
                    await TellAsync(next);
                }
                else
                {
                    await FillAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody is left.
        }
        catch (Exception exception)
        {
            await FailAsync(exception);
        }
    }

    /// <summary>The next events; none when they must be read. False when there is nothing to do.</summary>
    private bool TryTake(List<SourceEvent> next)
    {
        lock (_gate)
        {
            next.Clear();
            while (next.Count < MaxTogether && _waiting.TryPeek(out var item) && item.Number <= _executed + next.Count + 1)
            {
                _waiting.Dequeue();
                if (item.Number == _executed + next.Count + 1)
                {
                    next.Add(item);
                }
            }

            _executing = next.Count > 0 || (_executed < _known && !_stop.IsCancellationRequested);
            return _executing;
        }
    }

    private async Task FillAsync()
    {
        var missing = await _source.ReadAsync(_executed, _groups.Options.ReplayPageSize, _stop.Token);
        if (missing.Count == 0)
        {
            throw new InvalidOperationException($"The source told of event {_known} and has none after {_executed}.");
        }

        foreach (var some in missing.Chunk(MaxTogether))
        {
            await TellAsync(some);
        }
    }

    private async Task TellAsync(IReadOnlyList<SourceEvent> items)
    {
        var results = new List<SubscriptionEvent?>(items.Count);
        try
        {
            foreach (var item in items)
            {
                results.Add(await ExecuteAsync(item));
            }
        }
        finally
        {
            Tell(items, results);
        }
    }

    /// <summary>Tells the results there are; where one failed, those before it.</summary>
    private void Tell(IReadOnlyList<SourceEvent> items, List<SubscriptionEvent?> results)
    {
        lock (_gate)
        {
            if (!_catchingUp && !_replay.IsEmpty && _groups.Time.GetElapsedTime(_caughtUpAt) > KeepReplay)
            {
                _replay.Clear();
            }

            var told = new List<(long Number, SubscriptionEvent Ready)>(results.Count);
            for (var i = 0; i < results.Count; i++)
            {
                var item = items[i];
                if (item.Hides)
                {
                    _ring.Clear(item.Number - 1);
                    _replay.Clear();
                }

                _executed = item.Number;
                if (results[i] is { } ready)
                {
                    _ring.Add(item.Number, ready);
                    told.Add((item.Number, ready));
                }
            }

            Push(told);
            if (_behind.Count > 0)
            {
                StartCatchUp();
            }
        }
    }

    private async ValueTask<SubscriptionEvent?> ExecuteAsync(SourceEvent item)
    {
        var value = item.Value is { } told && _select is not null ? _select(told) : item.Value;
        if (value is null)
        {
            return null;
        }

        _groups.Metrics.Executed();
        return await _execution.ExecuteAsync(value, item.Position, _stop.Token);
    }

    private void Push(List<(long Number, SubscriptionEvent Ready)> told)
    {
        for (var i = 0; i < _live.Count; i++)
        {
            var member = _live[i];
            foreach (ref readonly var one in CollectionsMarshal.AsSpan(told))
            {
                // A member may have come with a position this process has not heard of yet.
                if (member.Cursor < one.Number)
                {
                    member.Sink.OnNext(one.Ready);
                }
            }
        }

        _groups.Metrics.Delivered(_live.Count * told.Count);
    }

    private async Task FailAsync(Exception exception)
    {
        _groups.Abandon(this);
        var last = _execution.Describe(exception);
        lock (_gate)
        {
            _failure = last;
            End(_live, last);
            End(_behind, last);
        }
    }

    private static void End(GroupMembers members, in SubscriptionEvent last)
    {
        while (members.Count > 0)
        {
            End(members[^1], last);
        }
    }

    private static void End(GroupMember member, in SubscriptionEvent last)
    {
        member.List!.Remove(member);
        member.Sink.OnNext(last);
        member.End();
    }
}
