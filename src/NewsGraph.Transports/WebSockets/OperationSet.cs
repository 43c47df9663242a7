namespace NewsGraph.Transports.WebSockets;

/// <summary>What came of the attempt to add an operation.</summary>
internal enum AddOutcome
{
    Added,
    Duplicate,
    Full,

    /// <summary>The connection is being closed, or will be as soon as its answers are out.</summary>
    Closed,
}

/// <summary>The operations of one connection, by id. Safe for concurrent use.</summary>
internal sealed class OperationSet(int capacity)
{
    private readonly Lock _gate = new();
    private Dictionary<string, SocketOperation>? _byId;
    private TaskCompletionSource? _answered;
    private int _running;
    private int _unanswered;
    private bool _closed;

    /// <summary>Whether none runs.</summary>
    public bool IsIdle => Volatile.Read(ref _running) == 0;

    public AddOutcome TryAdd(SocketOperation operation)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return AddOutcome.Closed;
            }

            _byId ??= new Dictionary<string, SocketOperation>(StringComparer.Ordinal);
            if (_byId.ContainsKey(operation.Id))
            {
                return AddOutcome.Duplicate;
            }

            // A stopped operation frees its id at once but its work may take a moment to end. Without the second
            // bound a client that starts and stops in a loop could pile up work.
            if (_byId.Count >= capacity || _running >= 2 * capacity)
            {
                return AddOutcome.Full;
            }

            _byId.Add(operation.Id, operation);
            _running++;
            _unanswered++;
            return AddOutcome.Added;
        }
    }

    /// <summary>Frees the id of an operation that has come to its end.</summary>
    public void Release(SocketOperation operation)
    {
        lock (_gate)
        {
            if (_byId!.TryGetValue(operation.Id, out var current) && ReferenceEquals(current, operation))
            {
                _byId.Remove(operation.Id);
            }
        }
    }

    /// <summary>Notes that an operation is a subscription, which stands.</summary>
    public void Stands(SocketOperation operation)
    {
        lock (_gate)
        {
            operation.IsStream = true;
            Answered();
        }
    }

    /// <summary>Notes that an added operation's work has ended. Once per operation.</summary>
    public void Ended(SocketOperation operation)
    {
        lock (_gate)
        {
            _running--;
            if (!operation.IsStream)
            {
                Answered();
            }
        }
    }

    /// <summary>Lets none in any more. Completes when the queries and mutations that run are answered.</summary>
    public Task WhenAnsweredAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_unanswered == 0)
            {
                return Task.CompletedTask;
            }

            _answered ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _answered.Task;
        }
    }

    /// <summary>Stops one operation for the client and frees its id; an unknown id is nothing wrong, since ends cross on the wire.</summary>
    public void Stop(string id)
    {
        SocketOperation? operation = null;
        lock (_gate)
        {
            _byId?.Remove(id, out operation);
        }

        operation?.Complete();
    }

    /// <summary>Stops all of them and lets none in any more.</summary>
    public void StopAll()
    {
        Dictionary<string, SocketOperation>? stopped;
        lock (_gate)
        {
            _closed = true;
            stopped = _byId;
            _byId = [];
        }

        foreach (var operation in stopped?.Values ?? Enumerable.Empty<SocketOperation>())
        {
            operation.Stop();
        }
    }

    private void Answered()
    {
        if (--_unanswered == 0)
        {
            _answered?.TrySetResult();
        }
    }
}
