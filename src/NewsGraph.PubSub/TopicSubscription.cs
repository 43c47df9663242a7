using Microsoft.Extensions.Logging;

namespace NewsGraph.PubSub;

/// <summary>
/// One handler and its bounded queue. <see cref="Post"/> may be called from any thread and never waits; the handler
/// runs on the thread pool, one message at a time, in the order of posting. An idle subscription holds no thread or task.
/// </summary>
internal sealed class TopicSubscription(string topic, Action<ReadOnlyMemory<byte>> handler, int capacity, ILogger logger)
    : IThreadPoolWorkItem
{
    // How many messages one turn on the pool handles before it lets other work go first.
    private const int MessagesPerTurn = 64;

    private readonly Lock _lock = new();
    private readonly Queue<ReadOnlyMemory<byte>> _queue = new();
    private bool _scheduled;
    private bool _closed;
    private bool _lagging;
    private int _handlerThread;
    private TaskCompletionSource? _idle;

    /// <summary>Queues a message; drops the oldest one when the queue is full.</summary>
    public void Post(ReadOnlyMemory<byte> message)
    {
        var beganToLag = false;
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            if (_queue.Count == capacity)
            {
                _queue.Dequeue();
                beganToLag = !_lagging;
                _lagging = true;
            }

            _queue.Enqueue(message);
            if (!_scheduled)
            {
                _scheduled = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        if (beganToLag)
        {
            TopicLog.SubscriberLags(logger, topic, capacity);
        }
    }

    /// <summary>
    /// Drops what is queued and completes when the handler is not running any more. A handler that closes its own
    /// subscription does not wait for itself.
    /// </summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            _queue.Clear();
            if (_handlerThread == 0 || _handlerThread == Environment.CurrentManagedThreadId)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var handled = 0; handled < MessagesPerTurn; handled++)
        {
            if (!TryTake(out var message))
            {
                return;
            }

            Handle(message);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryTake(out ReadOnlyMemory<byte> message)
    {
        lock (_lock)
        {
            if (!_queue.TryDequeue(out message))
            {
                _scheduled = false;
                _lagging = false;
                return false;
            }

            _handlerThread = Environment.CurrentManagedThreadId;
            return true;
        }
    }

    private void Handle(ReadOnlyMemory<byte> message)
    {
        try
        {
            handler(message);
        }
#pragma warning disable CA1031 // A handler's failure is its own: the other subscribers and the bus go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TopicLog.HandlerFailed(logger, topic, exception);
        }

        lock (_lock)
        {
            _handlerThread = 0;
            _idle?.TrySetResult();
        }
    }
}
