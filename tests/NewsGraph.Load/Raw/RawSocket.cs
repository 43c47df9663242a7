using System.Buffers;

namespace NewsGraph.Load.Raw;

/// <summary>One socket of the raw broadcast: a list of frames, and a loop while there are any.</summary>
internal sealed class RawSocket(Stream stream) : IThreadPoolWorkItem
{
    private const int MaxWrite = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _waiting = new();
    private bool _active;

    public void Send(byte[] frame)
    {
        lock (_gate)
        {
            _waiting.Enqueue(frame);
            if (_active)
            {
                return;
            }

            _active = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    private async Task WriteAsync()
    {
        try
        {
            while (Take() is var (bytes, length, rented))
            {
                await stream.WriteAsync(bytes.AsMemory(0, length));
                if (rented)
                {
                    ArrayPool<byte>.Shared.Return(bytes);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Hung up; it stays active, so that nothing more is written.
        }
    }

    // A single frame is written as it is, several are put together.
    private (byte[] Bytes, int Length, bool Rented)? Take()
    {
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out var first))
            {
                _active = false;
                return null;
            }

            if (_waiting.Count == 0)
            {
                return (first, first.Length, false);
            }

            var size = first.Length;
            foreach (var frame in _waiting)
            {
                size += frame.Length;
            }

            var together = ArrayPool<byte>.Shared.Rent(Math.Min(size, Math.Max(MaxWrite, first.Length)));
            first.CopyTo(together, 0);
            var length = first.Length;
            while (_waiting.TryPeek(out var next) && length + next.Length <= together.Length)
            {
                _waiting.Dequeue().CopyTo(together, length);
                length += next.Length;
            }

            return (together, length, true);
        }
    }
}
