using NewsGraph.Load.Sockets;

namespace NewsGraph.Load.Fanout;

/// <summary>Keeps the first event's bytes, for others to send the same.</summary>
internal sealed class FirstMessage : IEventSink
{
    private byte[]? _bytes;

    public byte[] Bytes => Volatile.Read(ref _bytes) ?? throw new InvalidOperationException("No event has come yet.");

    public void Received(int subscriber, int marker, long timestamp, ReadOnlySpan<byte> message)
    {
        if (_bytes is null)
        {
            Volatile.Write(ref _bytes, message.ToArray());
        }
    }
}
