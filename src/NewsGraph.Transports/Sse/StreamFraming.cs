using System.Buffers;
using System.Globalization;
using System.Text;
using NewsGraph.Engine.Execution;
using NewsGraph.Transports.Http;

namespace NewsGraph.Transports.Sse;

/// <summary>What surrounds the results of a stream.</summary>
internal abstract class StreamFraming
{
    public static StreamFraming For(ResponseFormat format) =>
        format == ResponseFormat.EventStream ? EventStreamFraming.Instance : LinesFraming.Instance;

    public abstract void WriteEvent(IBufferWriter<byte> output, SubscriptionEvent item);

    public abstract void WriteEnd(IBufferWriter<byte> output);

    /// <summary>Writes when to come back, if the format knows such a thing: the stream is cut, not at its end.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="wait">The time to wait.</param>
    public abstract void WriteCut(IBufferWriter<byte> output, TimeSpan wait);

    /// <summary>Writes something readers ignore, if the format knows such a thing.</summary>
    /// <param name="output">Where to.</param>
    public abstract bool TryWriteKeepAlive(IBufferWriter<byte> output);

    // A browser keeps the last time it was given for every later attempt, so it must not be a very short one.
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);

    /// <summary>Server-sent events in distinct-connections mode.</summary>
    private sealed class EventStreamFraming : StreamFraming
    {
        public static readonly EventStreamFraming Instance = new();

        public override void WriteEvent(IBufferWriter<byte> output, SubscriptionEvent item)
        {
            output.Write("event: next\n"u8);
            if (item.Id is { } id && !id.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                output.Write("id: "u8);
                output.Write(Encoding.UTF8.GetBytes(id));
                output.Write("\n"u8);
            }

            output.Write("data: "u8);
            output.Write(item.Json.Span);
            output.Write("\n\n"u8);
        }

        public override void WriteEnd(IBufferWriter<byte> output) => output.Write("event: complete\n\n"u8);

        public override void WriteCut(IBufferWriter<byte> output, TimeSpan wait) =>
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {Math.Ceiling((ShortestRetry + wait).TotalMilliseconds)}\n\n")));

        public override bool TryWriteKeepAlive(IBufferWriter<byte> output)
        {
            output.Write(":\n\n"u8);
            return true;
        }
    }

    /// <summary>One result a line.</summary>
    private sealed class LinesFraming : StreamFraming
    {
        public static readonly LinesFraming Instance = new();

        public override void WriteEvent(IBufferWriter<byte> output, SubscriptionEvent item)
        {
            output.Write(item.Json.Span);
            output.Write("\n"u8);
        }

        public override void WriteEnd(IBufferWriter<byte> output)
        {
        }

        public override void WriteCut(IBufferWriter<byte> output, TimeSpan wait)
        {
        }

        public override bool TryWriteKeepAlive(IBufferWriter<byte> output) => false;
    }
}
