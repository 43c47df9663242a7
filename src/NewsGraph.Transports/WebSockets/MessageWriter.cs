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
                    if (message.Operation is not { IsStopped: true })
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
