namespace NewsGraph.Transports.WebSockets;

/// <summary>What a connection must have done by now.</summary>
internal enum Overdue
{
    Nothing,

    /// <summary>A keep-alive is to be sent.</summary>
    KeepAlive,

    /// <summary>No <c>connection_init</c> came.</summary>
    Init,

    /// <summary>A ping was not answered.</summary>
    Pong,

    /// <summary>Nothing was asked for a long time.</summary>
    Work,

    /// <summary>The client has not closed its side.</summary>
    Close,
}

/// <summary>
/// The times a connection is held to. The one timer asks; the reader and the closer note what happens. Times are
/// timestamps of the clock.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="options">The times allowed.</param>
/// <param name="expectsPong">Whether the sub-protocol answers pings.</param>
internal sealed class Deadlines(TimeProvider clock, GraphQLWebSocketOptions options, bool expectsPong)
{
    private const long Never = long.MaxValue;

    private long _initBy = clock.GetTimestamp() + Ticks(clock, options.InitTimeout);
    private long _keepAliveAt = Never;
    private long _pongBy = Never;
    private long _workBy = Never;
    private long _closeBy = Never;

    /// <summary>Notes the acknowledgement, with which the keep-alive begins.</summary>
    public void Initialized()
    {
        var now = clock.GetTimestamp();
        Volatile.Write(ref _workBy, Later(now, options.IdleTimeout));
        Volatile.Write(ref _keepAliveAt, now + Ticks(clock, options.PingInterval));
        Volatile.Write(ref _initBy, Never);
    }

    /// <summary>Notes a sign of life: any message will do.</summary>
    public void Heard() => Volatile.Write(ref _pongBy, Never);

    /// <summary>Notes that the connection is being closed, or has ended: nothing else matters any more.</summary>
    public void Closing() => Volatile.Write(ref _closeBy, clock.GetTimestamp() + Ticks(clock, options.CloseTimeout));

    /// <summary>Says what is overdue. Only the timer calls this.</summary>
    /// <param name="now">The time.</param>
    /// <param name="busy">Whether an operation runs.</param>
    public Overdue Check(long now, bool busy)
    {
        if (Volatile.Read(ref _closeBy) is var closeBy and not Never)
        {
            return now >= closeBy ? Overdue.Close : Overdue.Nothing;
        }

        if (now >= Volatile.Read(ref _initBy))
        {
            return Overdue.Init;
        }

        if (now >= Volatile.Read(ref _pongBy))
        {
            return Overdue.Pong;
        }

        if (busy)
        {
            Volatile.Write(ref _workBy, Later(now, options.IdleTimeout));
        }
        else if (now >= Volatile.Read(ref _workBy))
        {
            return Overdue.Work;
        }

        return now >= Volatile.Read(ref _keepAliveAt) ? KeepAlive(now) : Overdue.Nothing;
    }

    private static long Ticks(TimeProvider clock, TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    private Overdue KeepAlive(long now)
    {
        Volatile.Write(ref _keepAliveAt, now + Ticks(clock, options.PingInterval));
        if (expectsPong && options.PongTimeout > TimeSpan.Zero)
        {
            // The first unanswered ping counts; whatever arrives in between clears it.
            Interlocked.CompareExchange(ref _pongBy, now + Ticks(clock, options.PongTimeout), Never);
        }

        return Overdue.KeepAlive;
    }

    private long Later(long now, TimeSpan time) => time == TimeSpan.Zero ? Never : now + Ticks(clock, time);
}
