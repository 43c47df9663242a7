using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NewsGraph.Load.Sockets;

/// <summary>One frame of a server: what it is and what it carries.</summary>
internal readonly ref struct Frame(int opcode, ReadOnlySpan<byte> payload)
{
    public int Opcode { get; } = opcode;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}

/// <summary>As much of RFC 6455's framing as a client of our own servers needs: whole messages in single frames.</summary>
internal static class Frames
{
    public const int Text = 1;
    public const int Close = 8;
    public const int Ping = 9;

    private const int Final = 0x80;
    private const int Masked = 0x80;
    private const int MaskLength = 4;

    /// <summary>Takes the next whole frame off the start of what was received.</summary>
    /// <returns>False when it has not arrived whole yet.</returns>
    /// <exception cref="InvalidDataException">A fragment or a masked frame, which our servers never send.</exception>
    public static bool TryRead(ref ReadOnlySpan<byte> received, out Frame frame)
    {
        frame = default;
        if (received.Length < 2)
        {
            return false;
        }

        if ((received[0] & Final) == 0 || (received[1] & Masked) != 0)
        {
            throw new InvalidDataException("The server sent a fragment or a masked frame.");
        }

        var length = (long)received[1];
        var head = 2;
        if (length == 126)
        {
            head = 4;
            length = received.Length < head ? long.MaxValue - head : BinaryPrimitives.ReadUInt16BigEndian(received[2..]);
        }
        else if (length == 127)
        {
            head = 10;
            length = received.Length < head ? long.MaxValue - head : BinaryPrimitives.ReadInt64BigEndian(received[2..]);
        }

        if (received.Length < head + length)
        {
            return false;
        }

        frame = new Frame(received[0] & 0x0F, received.Slice(head, (int)length));
        received = received[(head + (int)length)..];
        return true;
    }

    /// <summary>A server's frame: not masked, so the same bytes do for every client.</summary>
    public static byte[] OfServer(ReadOnlySpan<byte> payload) => Write(Text, payload, mask: default);

    /// <summary>A client's frame, masked as the standard asks for.</summary>
    public static byte[] OfClient(ReadOnlySpan<byte> payload, int opcode = Text)
    {
        Span<byte> mask = stackalloc byte[MaskLength];
        RandomNumberGenerator.Fill(mask);
        return Write(opcode, payload, mask);
    }

    private static byte[] Write(int opcode, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> mask)
    {
        var head = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var frame = new byte[head + mask.Length + payload.Length];
        frame[0] = (byte)(Final | opcode);
        switch (head)
        {
            case 2:
                frame[1] = (byte)payload.Length;
                break;
            case 4:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
                break;
        }

        var body = frame.AsSpan(head + mask.Length);
        payload.CopyTo(body);
        if (mask.Length > 0)
        {
            frame[1] |= Masked;
            mask.CopyTo(frame.AsSpan(head));
            for (var i = 0; i < body.Length; i++)
            {
                body[i] ^= mask[i % MaskLength];
            }
        }

        return frame;
    }
}
