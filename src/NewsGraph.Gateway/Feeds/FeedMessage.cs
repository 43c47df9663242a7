using System.Buffers.Binary;

namespace NewsGraph.Gateway.Feeds;

/// <summary>The small event a bell carries: number, kind, subject, time and count in 33 bytes.</summary>
internal static class FeedMessage
{
    private const int Length = 33;

    public static byte[] Write(FeedEvent entry)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, entry.Number);
        bytes[8] = (byte)entry.Kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(9), entry.SubjectId);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(17), entry.At.Ticks);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(25), entry.Count);
        return bytes;
    }

    /// <summary>Reads a bell's bytes; null when they are none of ours, in which case the position check finds the event.</summary>
    public static FeedEvent? Read(string feed, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes[17..]);
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? null
            : new FeedEvent
            {
                Feed = feed,
                Number = BinaryPrimitives.ReadInt64BigEndian(bytes),
                Kind = (FeedEventKind)bytes[8],
                SubjectId = BinaryPrimitives.ReadInt64BigEndian(bytes[9..]),
                At = new DateTime(ticks, DateTimeKind.Utc),
                Count = BinaryPrimitives.ReadInt64BigEndian(bytes[25..]),
            };
    }
}
