using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;

namespace NewsGraph.Load.Sockets;

/// <summary>Many subscribers, read by one thread.</summary>
internal sealed class SubscriberPool : IDisposable
{
    private const int Openers = 8;
    private const int PerAddress = 50;
    private const int Batch = 512;
    private const int WaitMilliseconds = 100;

    private readonly Subscriber[] _subscribers;
    private readonly int _poll;
    private readonly Thread _reader;
    private volatile IEventSink _sink;
    private volatile bool _stopped;

    private SubscriberPool(Subscriber[] subscribers, IEventSink sink)
    {
        (_subscribers, _sink) = (subscribers, sink);
        _poll = SystemCalls.CreatePoll(0);
        Span<byte> change = stackalloc byte[SystemCalls.EventSize];
        foreach (var subscriber in subscribers)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(change, SystemCalls.Readable);
            BinaryPrimitives.WriteInt64LittleEndian(change[SystemCalls.EventDataOffset..], subscriber.Index);
            if (SystemCalls.ControlPoll(_poll, SystemCalls.Add, subscriber.Descriptor, change) != 0)
            {
                throw new InvalidOperationException("A socket could not be watched.");
            }
        }

        _reader = new Thread(Run) { IsBackground = true, Name = "subscribers" };
        _reader.Start();
    }

    public IReadOnlyList<Subscriber> All => _subscribers;

    /// <summary>Why the first one that ended did so; null while all stand.</summary>
    public string? Ended => _subscribers.FirstOrDefault(s => s.Ended is not null)?.Ended;

    /// <summary>Opens them, several at a time.</summary>
    /// <param name="count">How many.</param>
    /// <param name="server">The server's address.</param>
    /// <param name="subscription">The payload of <c>subscribe</c>, or null.</param>
    /// <param name="sink">Where events go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SubscriberPool> OpenAsync(
        int count, Uri server, string? subscription, IEventSink sink, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new UnsupportedMachineException("The load generator uses Linux's own calls; run it there.");
        }

        var subscribers = new Subscriber[count];
        var next = -1;
        void OpenSome()
        {
            while (Interlocked.Increment(ref next) is var index && index < count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                subscribers[index] = Subscriber.Open(index, server, AddressOf(index), subscription);
            }
        }

        try
        {
            // Threads of their own: the calls block.
            await Task.WhenAll(Enumerable.Range(0, Math.Min(Openers, count)).Select(_ =>
                Task.Factory.StartNew(OpenSome, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            return new SubscriberPool(subscribers, sink);
        }
        catch
        {
            foreach (var subscriber in subscribers)
            {
                subscriber?.Dispose();
            }

            throw;
        }
    }

    /// <summary>Sends events elsewhere from now on.</summary>
    public void Deliver(IEventSink sink) => _sink = sink;

    public void Dispose()
    {
        _stopped = true;
        _reader.Join();
        _ = SystemCalls.Close(_poll);
        foreach (var subscriber in _subscribers)
        {
            subscriber.Dispose();
        }
    }

    // All of 127.0.0.0/8 is this machine; a server may limit the connections of one address.
    private static IPAddress AddressOf(int index)
    {
        var number = 1 + (index / PerAddress);
        return new IPAddress([127, 0, (byte)(number / 250), (byte)(1 + (number % 250))]);
    }

    private void Run()
    {
        var buffer = new byte[256 * 1024];
        var events = new byte[Batch * SystemCalls.EventSize];
        Span<byte> change = stackalloc byte[SystemCalls.EventSize];
        while (!_stopped)
        {
            var count = SystemCalls.WaitForPoll(_poll, events, Batch, WaitMilliseconds);
            var sink = _sink;
            for (var i = 0; i < count; i++)
            {
                var data = events.AsSpan((i * SystemCalls.EventSize) + SystemCalls.EventDataOffset);
                var subscriber = _subscribers[(int)BinaryPrimitives.ReadInt64LittleEndian(data)];
                if (!subscriber.Read(buffer, Stopwatch.GetTimestamp(), sink))
                {
                    _ = SystemCalls.ControlPoll(_poll, SystemCalls.Delete, subscriber.Descriptor, change);
                }
            }
        }
    }
}
