namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// The bounded queue before a socket and the single loop that empties it. The loop exists only while something waits,
/// so an idle connection costs a few fields. Nobody who writes here ever waits for the client.
/// </summary>
internal sealed class MessageWriter(IMessageSocket socket, int maxMessages, int maxBytes) : IThreadPoolWorkItem
{
    // A queue that a burst made larger than this is shrunk once the connection is quiet.
    private const int IdleCapacity = 8;

    private readonly Lock _gate = new();
    private readonly Queue<OutgoingMessage> _waiting = new();
    private int _waitingBytes;
    private bool _active;
    private bool _finished;
    private CloseCode _closeCode;
    private string _closeReason = "";
    private TaskCompletionSource? _idle;
    private TaskCompletionSource? _room;

    /// <summary>
    /// Whether at most half of the queue is taken. What can be read again later stops here and leaves the other half to
    /// what happens now. True, too, once nothing is taken any more.
    /// </summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return HasRoomNow;
            }
        }
    }

    private bool HasRoomNow =>
        _finished || _closeCode != CloseCode.None || (_waiting.Count <= maxMessages / 2 && _waitingBytes <= maxBytes / 2);

    /// <summary>Queues a message; what comes after a close is dropped.</summary>
    /// <returns>False when the queue is full: the client is too slow.</returns>
    public bool TryWrite(in OutgoingMessage message)
    {
        lock (_gate)
        {
            if (_finished || _closeCode != CloseCode.None)
            {
                return true;
            }

            if (_waiting.Count >= maxMessages || _waitingBytes + Weight(message) > maxBytes)
            {
                return false;
            }

            _waiting.Enqueue(message);
            _waitingBytes += Weight(message);
            Wake();
            return true;
        }
    }

    /// <summary>Sends the close frame behind what waits, or instead of it. Only the first call counts.</summary>
    /// <returns>Whether this was the first.</returns>
    public bool Close(CloseCode code, string reason, bool discardWaiting)
    {
        lock (_gate)
        {
            if (_finished || _closeCode != CloseCode.None)
            {
                return false;
            }

            if (discardWaiting)
            {
                Discard();
            }

            _closeCode = code;
            _closeReason = reason;
            TellRoom();
            Wake();
            return true;
        }
    }

    /// <summary>Drops what waits and takes nothing more: the connection is gone.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _finished = true;
            Discard();
            TellRoom();
        }
    }

    /// <summary>Completes when there is room.</summary>
    public Task WhenRoomAsync()
    {
        lock (_gate)
        {
            if (HasRoomNow)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Completes when nothing is being sent and nothing waits.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (!_active)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Gives back what a burst made the queue grow to.</summary>
    public void TrimIfIdle()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && _waiting.Capacity > IdleCapacity)
            {
                _waiting.TrimExcess(0);
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private async Task DrainAsync()
    {
        try
        {
            while (true)
            {
                while (TryTake(out var message))
                {
                    if (message.Operation is not { IsUnwanted: true })
                    {
                        await socket.SendAsync(message);
                    }
                }

                await socket.FlushAsync();
                if (TryTakeClose(out var code, out var reason))
                {
                    await socket.CloseAsync(code, reason);
                }

                if (TryRest())
                {
                    return;
                }
            }
        }
#pragma warning disable CA1031 // Whatever a send throws, the connection is gone; its reader learns it from the abort.
        catch (Exception)
#pragma warning restore CA1031
        {
            socket.Abort();
            lock (_gate)
            {
                _finished = true;
                Discard();
                TellRoom();
                Rest();
            }
        }
    }

    private bool TryTake(out OutgoingMessage message)
    {
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out message))
            {
                return false;
            }

            _waitingBytes -= Weight(message);
            TellRoom();
            return true;
        }
    }

    private bool TryTakeClose(out CloseCode code, out string reason)
    {
        lock (_gate)
        {
            (code, reason) = (_closeCode, _closeReason);
            if (_finished || code == CloseCode.None || _waiting.Count > 0)
            {
                return false;
            }

            _finished = true;
            return true;
        }
    }

    private bool TryRest()
    {
        lock (_gate)
        {
            if (!_finished && (_waiting.Count > 0 || _closeCode != CloseCode.None))
            {
                return false;
            }

            Rest();
            return true;
        }
    }

    /// <summary>
    /// What a message counts: its bytes, but never more than a quarter of the limit, since one large answer says nothing
    /// about how fast its reader is.
    /// </summary>
    private int Weight(in OutgoingMessage message) => Math.Min(message.Length, maxBytes / 4);

    private void Rest()
    {
        _active = false;
        _idle?.TrySetResult();
        _idle = null;
    }

    private void TellRoom()
    {
        if (_room is { } room && HasRoomNow)
        {
            _room = null;
            room.TrySetResult();
        }
    }

    private void Wake()
    {
        if (!_active)
        {
            _active = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void Discard()
    {
        _waiting.Clear();
        _waitingBytes = 0;
    }
}
