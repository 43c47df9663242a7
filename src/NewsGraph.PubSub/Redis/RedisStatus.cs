using Microsoft.Extensions.Logging;

namespace NewsGraph.PubSub.Redis;

/// <summary>What is known about delivery through Redis. Tells the log once per change. Safe for concurrent use.</summary>
internal sealed class RedisStatus(TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private TopicBusStatus _current = new(false, "The first connection to Redis is not made yet.", time.GetUtcNow());
    private bool _told;

    public TopicBusStatus Current => Volatile.Read(ref _current);

    /// <summary>Notes a problem; the same one again changes nothing, another one keeps the time of the first.</summary>
    /// <param name="problem">A sentence that stays the same while the problem does.</param>
    /// <param name="exception">What the log may show.</param>
    public void Fail(string problem, Exception? exception = null)
    {
        lock (_lock)
        {
            if (_told && _current.Problem == problem)
            {
                RedisLog.StillFailing(logger, problem, exception);
                return;
            }

            Volatile.Write(ref _current, new TopicBusStatus(false, problem, _current.Delivers ? time.GetUtcNow() : _current.Since));
            _told = true;
        }

        RedisLog.Failed(logger, problem, exception);
    }

    /// <summary>Notes that messages come through. Answers whether they did not before.</summary>
    public bool Recover(string endPoints, int topics)
    {
        lock (_lock)
        {
            if (_current.Delivers)
            {
                return false;
            }

            Volatile.Write(ref _current, new TopicBusStatus(true, null, time.GetUtcNow()));
        }

        RedisLog.Delivers(logger, endPoints, topics);
        return true;
    }
}
