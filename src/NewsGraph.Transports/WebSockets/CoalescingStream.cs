using System.Buffers;
using System.Buffers.Binary;

namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// The stream under a WebSocket, which gathers frames while it is corked, so that a burst of events costs one write to
/// the network and not one per frame. The WebSocket itself also writes here (pongs, close frames) from the receiving
/// side, hence the gate.
/// </summary>
internal sealed class CoalescingStream(Stream inner) : Stream
{
    private const int BufferSize = 16 * 1024;

    // Of a frame that fits into the buffer and is not masked.
    private const int MaxHeader = 4;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private byte[]? _buffer;
    private int _length;
    private bool _corked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gathers writes from here on. Only the one sender calls this.</summary>
    public void Cork() => Volatile.Write(ref _corked, true);

    /// <summary>
    /// Gathers a message as one frame of text (RFC 6455, 5.2), as the WebSocket would write it: whole, not masked, not
    /// compressed. False when it must go through the WebSocket: there is no room, or somebody writes at this moment.
    /// </summary>
    public bool TryWriteText(in OutgoingMessage message)
    {
        var length = message.Length;
        if (length > BufferSize - MaxHeader || !_gate.Wait(0))
        {
            return false;
        }

        try
        {
            if (_length + MaxHeader + length > BufferSize)
            {
                return false;
            }

            _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
            _length += WriteHeader(_buffer.AsSpan(_length), length);
            message.CopyTo(_buffer.AsSpan(_length));
            _length += length;
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Writes what was gathered, and lets further writes through again.</summary>
    public async ValueTask UncorkAsync()
    {
        await _gate.WaitAsync();
        try
        {
            Volatile.Write(ref _corked, false);
            await WriteGatheredAsync(CancellationToken.None);
        }
        finally
        {
            _gate.Release();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_length + buffer.Length > BufferSize)
            {
                await WriteGatheredAsync(cancellationToken);
            }

            if (!Volatile.Read(ref _corked) || buffer.Length > BufferSize)
            {
                await inner.WriteAsync(buffer, cancellationToken);
                return;
            }

            _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
            buffer.CopyTo(_buffer.AsMemory(_length));
            _length += buffer.Length;
        }
        finally
        {
            _gate.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _corked) ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Reads and forgets until the other side hangs up. Never throws.</summary>
    public async ValueTask DrainAsync()
    {
        var scratch = new byte[512];
        try
        {
            while (await inner.ReadAsync(scratch) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Gone, one way or the other.
        }
    }

    protected override void Dispose(bool disposing)
    {
        // The inner stream belongs to the server, which ends it with the request: a WebSocket that fails disposes this
        // one while its close frame may still be on the way. The gate has no handle to free.
        base.Dispose(disposing);
    }

    private static int WriteHeader(Span<byte> target, int length)
    {
        const byte finalText = 0x81;
        const byte twoBytesFollow = 126;
        target[0] = finalText;
        if (length < twoBytesFollow)
        {
            target[1] = (byte)length;
            return 2;
        }

        target[1] = twoBytesFollow;
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)length);
        return MaxHeader;
    }

    private async ValueTask WriteGatheredAsync(CancellationToken cancellationToken)
    {
        if (_buffer is not { } buffer)
        {
            return;
        }

        var length = _length;
        _buffer = null;
        _length = 0;
        await inner.WriteAsync(buffer.AsMemory(0, length), cancellationToken);

        // After a failed write the array is left to the collector: the transport may still hold it.
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
