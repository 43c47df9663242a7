using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NewsGraph.Load.Sockets;

/// <summary>
/// One WebSocket. It is opened with blocking calls; then <see cref="SubscriberPool"/> alone reads it. A socket that was
/// never used asynchronously is not watched by the runtime, which would cost as much again as our own watching.
/// </summary>
internal sealed class Subscriber : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly byte[] Pong = Frames.OfClient("""{"type":"pong"}"""u8);

    private readonly Socket _socket;
    private byte[] _partial = [];

    private Subscriber(int index, Socket socket) => (Index, _socket) = (index, socket);

    /// <summary>Its number in the pool.</summary>
    public int Index { get; }

    public int Descriptor => (int)_socket.SafeHandle.DangerousGetHandle();

    /// <summary>The last event it got; -1 for none.</summary>
    public int Last { get; set; } = -1;

    /// <summary>Why it gets nothing any more; null while it does.</summary>
    public string? Ended { get; private set; }

    /// <summary>Connects to a server and, where a subscription is given, subscribes by <c>graphql-transport-ws</c>. Blocks.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="server">The server's address.</param>
    /// <param name="from">The address to connect from: a server may limit the connections of one.</param>
    /// <param name="subscription">The payload of <c>subscribe</c>; null for a server that only broadcasts.</param>
    public static Subscriber Open(int index, Uri server, IPAddress from, string? subscription)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            socket.Connect(IPAddress.Loopback, server.Port);
            var subscriber = new Subscriber(index, socket);
            subscriber.Upgrade(server);
            if (subscription is not null)
            {
                subscriber.Send("""{"type":"connection_init"}""");
                subscriber.Await("connection_ack");
                subscriber.Send($$"""{"id":"1","type":"subscribe","payload":{{subscription}}}""");

                // The protocol does not confirm a subscription; that it is read shows in the answer to what is sent after it.
                subscriber.Send("""{"type":"ping"}""");
                subscriber.Await("pong");
            }

            return subscriber;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Reads what has arrived, without waiting, and hands each event on.</summary>
    /// <returns>False when the connection has ended.</returns>
    public bool Read(byte[] buffer, long now, IEventSink sink)
    {
        var kept = _partial.Length;
        _partial.CopyTo(buffer, 0);
        var count = (int)SystemCalls.Receive(Descriptor, buffer.AsSpan(kept), buffer.Length - kept, SystemCalls.DoNotWait);
        if (count <= 0)
        {
            var error = count == 0 ? 0 : System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
            Ended = error is SystemCalls.Again or SystemCalls.Interrupted ? null : $"The connection was cut (error {error}).";
            return Ended is null;
        }

        ReadOnlySpan<byte> received = buffer.AsSpan(0, kept + count);
        while (Ended is null && Frames.TryRead(ref received, out var frame))
        {
            Take(frame, now, sink);
        }

        _partial = received.Length == 0 ? [] : received.ToArray();
        return Ended is null;
    }

    public void Dispose() => _socket.Dispose();

    private void Take(in Frame frame, long now, IEventSink sink)
    {
        if (frame.Opcode == Frames.Close)
        {
            Ended = "The server closed the connection: " + Encoding.UTF8.GetString(frame.Payload.Length > 2 ? frame.Payload[2..] : default);
        }
        else if (frame.Opcode == Frames.Text && Marker.Find(frame.Payload) is var marker and >= 0)
        {
            Last = marker;
            sink.Received(Index, marker, now, frame.Payload);
        }
        else if (frame.Opcode == Frames.Text)
        {
            TakeOther(frame.Payload);
        }
    }

    private void TakeOther(ReadOnlySpan<byte> message)
    {
        switch (TypeOf(message))
        {
            case "ping":
                // Fifteen bytes into an empty buffer; a server that has not read the last ones is beyond help.
                _ = SystemCalls.Send(Descriptor, Pong, Pong.Length, SystemCalls.DoNotWait | SystemCalls.NoSignal);
                break;
            case "error" or "complete":
                Ended = "The server ended the subscription: " + Encoding.UTF8.GetString(message);
                break;
        }
    }

    private void Upgrade(Uri server)
    {
        var key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET {server.AbsolutePath} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"));

        // Byte by byte, so that nothing after the head is taken: it happens once a connection.
        var head = new List<byte>(256);
        var next = new byte[1];
        while (head.Count < 4 || !head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (_socket.Receive(next) == 0)
            {
                throw new IOException("The server hung up during the handshake.");
            }

            head.Add(next[0]);
        }

        var answer = Encoding.ASCII.GetString([.. head]);
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new IOException($"The server refused the WebSocket: {answer.Split('\r')[0]}");
        }
    }

    private void Send(string message) => _socket.Send(Frames.OfClient(Encoding.UTF8.GetBytes(message)));

    private void Await(string type)
    {
        var buffer = new byte[4096];
        while (true)
        {
            ReadOnlySpan<byte> received = _partial;
            while (Frames.TryRead(ref received, out var frame))
            {
                _partial = received.ToArray();
                var got = frame.Opcode == Frames.Text ? TypeOf(frame.Payload) : null;
                if (got == type)
                {
                    return;
                }

                if (got != "ping")
                {
                    throw new IOException($"The server sent '{Encoding.UTF8.GetString(frame.Payload)}' where '{type}' was due.");
                }

                _socket.Send(Pong);
            }

            var count = _socket.Receive(buffer);
            if (count == 0)
            {
                throw new IOException($"The server hung up where '{type}' was due.");
            }

            _partial = [.. _partial, .. buffer.AsSpan(0, count)];
        }
    }

    private static string? TypeOf(ReadOnlySpan<byte> message)
    {
        var json = new Utf8JsonReader(message);
        while (json.Read())
        {
            if (json is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && json.ValueTextEquals("type"u8) && json.Read())
            {
                return json.GetString();
            }
        }

        return null;
    }
}
