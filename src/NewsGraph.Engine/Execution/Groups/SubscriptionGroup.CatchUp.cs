namespace NewsGraph.Engine.Execution.Groups;

/// <summary>
/// How members that return catch up: from the last results while those reach back far enough, else from the source, page
/// by page. One loop serves them all, the one furthest back first, and takes up the others as it passes them; a member
/// whose queue is full is left behind and taken up again when it has room. So a storm of returning readers costs each
/// event once, and no reader holds up another.
/// </summary>
internal sealed partial class SubscriptionGroup
{
    private static readonly TimeSpan KeepReplay = TimeSpan.FromSeconds(10);

    private void StartCatchUp()
    {
        if (!_catchingUp)
        {
            _catchingUp = true;
            ThreadPool.UnsafeQueueUserWorkItem(static group => _ = group.CatchUpAsync(), this, preferLocal: false);
        }
    }

    private async Task CatchUpAsync()
    {
        try
        {
            var at = long.MinValue;
            List<GroupMember> covered = [];
            List<GroupMember> replaying = [];
            while (Collect(covered, replaying, ref at))
            {
                foreach (var member in covered)
                {
                    // One at a time, so that live events get in between.
                    lock (_gate)
                    {
                        TryServeFromMemory(member);
                    }
                }

                if (replaying.Count > 0)
                {
                    at = await ReplayAsync(replaying);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody is left.
        }
    }

    /// <summary>
    /// Collects who can be served from memory, and who must be served from the source and is not behind
    /// <paramref name="at"/>, where the loop has come to; it begins again when nobody is there. False when nobody can be
    /// served now.
    /// </summary>
    private bool Collect(List<GroupMember> covered, List<GroupMember> replaying, ref long at)
    {
        covered.Clear();
        replaying.Clear();
        lock (_gate)
        {
            do
            {
                var passed = false;
                for (var i = 0; i < _behind.Count; i++)
                {
                    var member = _behind[i];
                    if (IsCovered(member))
                    {
                        covered.Add(member);
                    }
                    else if (CanReplay(member))
                    {
                        passed |= member.Cursor < at;
                        if (member.Cursor >= at)
                        {
                            replaying.Add(member);
                        }
                    }
                }

                if (covered.Count + replaying.Count > 0)
                {
                    return true;
                }

                at = passed ? long.MinValue : at;
                if (!passed)
                {
                    _catchingUp = false;
                    _caughtUpAt = _groups.Time.GetTimestamp();
                    return false;
                }
            }
            while (true);
        }
    }

    private bool CanReplay(GroupMember member) => !member.IsFull && member.Known <= _executed;

    /// <summary>Whether memory reaches back to a member, and holds nothing that was hidden before it subscribed.</summary>
    private bool IsCovered(GroupMember member) => !member.IsFull
        && (member.Cursor >= _executed || (member.Cursor >= _ring.Floor && member.Known <= _executed));

    /// <summary>Gives a member what it lacks of the last results and makes it live; false when memory does not cover it.</summary>
    private bool TryServeFromMemory(GroupMember member)
    {
        if (member.List != _behind || !IsCovered(member))
        {
            return false;
        }

        if (member.Cursor < _executed)
        {
            var pushed = 0;
            foreach (var (number, item) in _ring.After(member.Cursor))
            {
                if (!TryPush(member, number, item))
                {
                    break;
                }

                pushed++;
            }

            _groups.Metrics.Replayed(pushed);
        }

        if (!member.IsFull)
        {
            member.Cursor = Math.Max(member.Cursor, _executed);
            _behind.Remove(member);
            _live.Add(member);
        }

        return true;
    }

    /// <summary>Pushes to a member that has room; one that has none waits until it has.</summary>
    private bool TryPush(GroupMember member, long number, in SubscriptionEvent item)
    {
        if (!member.Sink.IsReady)
        {
            member.IsFull = true;
            _ = WaitAsync(member);
            return false;
        }

        member.Sink.OnNext(item);
        member.Cursor = number;
        return true;
    }

    private async Task WaitAsync(GroupMember member)
    {
        // The caller holds the lock, and goes on as if the wait had begun.
        await member.Sink.WhenReadyAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            member.IsFull = false;
            if (member.List == _behind)
            {
                StartCatchUp();
            }
        }
    }

    /// <summary>Gives members the next page of what they lack; returns how far it went.</summary>
    private async Task<long> ReplayAsync(List<GroupMember> members)
    {
        var after = members.Min(m => m.Cursor);
        try
        {
            if (TryPushFromCache(members, ref after))
            {
                return after;
            }

            await _groups.Replays.WaitAsync(_stop.Token);
            try
            {
                return await ReadAndPushAsync(members, after);
            }
            finally
            {
                _groups.Replays.Release();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            var last = _execution.Describe(exception);
            lock (_gate)
            {
                foreach (var member in members)
                {
                    if (member.List is not null)
                    {
                        End(member, last);
                    }
                }
            }

            return after;
        }
    }

    /// <summary>False when the next event is not in the cache and must be read.</summary>
    private bool TryPushFromCache(List<GroupMember> members, ref long after)
    {
        var found = false;
        for (var end = after + _groups.Options.ReplayPageSize; after < end; after++)
        {
            lock (_gate)
            {
                if (!_replay.TryGet(after + 1, out var item))
                {
                    break;
                }

                found = true;
                if (Push(members, after + 1, item).Takers == 0)
                {
                    break;
                }
            }
        }

        return found;
    }

    private async Task<long> ReadAndPushAsync(List<GroupMember> members, long after)
    {
        long last;
        int version;
        lock (_gate)
        {
            // What is beyond comes to the members when they are live.
            (last, version) = (_executed, _replay.Version);
        }

        var limit = (int)Math.Min(_groups.Options.ReplayPageSize, last - after);
        var page = await _source.ReadAsync(after, limit, _stop.Token);
        if (page.Count == 0)
        {
            throw new InvalidOperationException($"The source told of event {last} and has none after {after}.");
        }

        foreach (var item in page)
        {
            // Full queues do not end a page: what is executed for it waits for them in the cache.
            var result = await ExecuteOnceAsync(item);
            lock (_gate)
            {
                _replay.Add(item.Number, result, version);
                if (Push(members, item.Number, result).Behind == 0)
                {
                    break;
                }
            }

            after = item.Number;
        }

        return after;
    }

    private ValueTask<SubscriptionEvent?> ExecuteOnceAsync(in SourceEvent item)
    {
        lock (_gate)
        {
            if (_replay.TryGet(item.Number, out var result))
            {
                return ValueTask.FromResult(result);
            }
        }

        return ExecuteAsync(item);
    }

    /// <summary>
    /// Pushes an event to those who have everything up to it, and counts who takes part and who is behind still. One whose
    /// queue was full when an earlier event of the page was pushed may have room by now; it lacks that event, and waits
    /// for the next pass.
    /// </summary>
    private (int Takers, int Behind) Push(List<GroupMember> members, long number, SubscriptionEvent? item)
    {
        var (takers, behind, pushed) = (0, 0, 0);
        foreach (var member in members)
        {
            if (member.List != _behind)
            {
                continue;
            }

            behind++;
            if (member.IsFull)
            {
                continue;
            }

            if (member.Cursor == number - 1)
            {
                if (item is not { } ready)
                {
                    member.Cursor = number;
                }
                else if (TryPush(member, number, ready))
                {
                    pushed++;
                }
                else
                {
                    continue;
                }
            }

            takers += member.Cursor >= number ? 1 : 0;
        }

        _groups.Metrics.Replayed(pushed);
        return (takers, behind);
    }
}
