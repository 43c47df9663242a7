namespace NewsGraph.Load.Sockets;

/// <summary>Where events go. It is called on the pool's one thread and must be quick.</summary>
internal interface IEventSink
{
    /// <param name="subscriber">The number of the one who got it.</param>
    /// <param name="marker">The event's number.</param>
    /// <param name="timestamp">When, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.</param>
    /// <param name="message">The message; gone after the call.</param>
    void Received(int subscriber, int marker, long timestamp, ReadOnlySpan<byte> message);
}
