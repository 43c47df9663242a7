using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// One client's connection: the loop that receives, the queue that sends, the operations in between. Knows neither the
/// socket's frames (<see cref="IMessageSocket"/>) nor the messages' names (<see cref="SubProtocol"/>).
/// </summary>
internal sealed class WebSocketConnection
{
    private readonly IMessageSocket _socket;
    private readonly SubProtocol _protocol;
    private readonly ConnectionServices _services;
    private readonly MessageWriter _writer;
    private readonly Deadlines _deadlines;
    private volatile bool _initialized;
    private volatile bool _closing;

    public WebSocketConnection(IMessageSocket socket, SubProtocol protocol, HttpContext context, ConnectionServices services)
    {
        _socket = socket;
        _protocol = protocol;
        _services = services;
        _writer = new MessageWriter(socket, services.Options.MaxQueuedMessages, services.Options.MaxQueuedBytes);
        _deadlines = new Deadlines(services.Clock, services.Options, protocol.AnswersPings);
        Context = context;
        User = context.User;
        RemoteAddress = context.Connection.RemoteIpAddress?.ToString();
        Operations = new OperationSet(services.Options.MaxOperationsPerConnection);
    }

    /// <summary>The upgrade request.</summary>
    public HttpContext Context { get; }

    public IConnectionInitHandler? InitHandler => _services.InitHandler;

    public ClaimsPrincipal User { get; set; }

    public string? RemoteAddress { get; }

    public OperationSet Operations { get; }

    public bool IsInitialized => _initialized;

    /// <summary>Whether the queue has room to spare: for what can be read again later.</summary>
    public bool HasRoom => _writer.HasRoom;

    /// <summary>Completes when there is room, or nobody to send to any more.</summary>
    public Task WhenRoomAsync() => _writer.WhenRoomAsync();

    /// <summary>Serves the client until it is gone. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (await ReceiveAsync())
            {
                // The client has closed: what waits is for nobody.
                Operations.StopAll();
                _writer.Close(CloseCode.Normal, "", discardWaiting: true);
                _deadlines.Closing();
                await _writer.WhenIdleAsync();
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone without a word, was cut off, or broke the WebSocket standard, of which the platform
            // has told it. In the last case the connection must outlive the close frame, or it may be lost on the way.
            Operations.StopAll();
            _deadlines.Closing();
            await _socket.LingerAsync();
        }
        finally
        {
            Operations.StopAll();
            _writer.Stop();
            _deadlines.Closing();
            await _writer.WhenIdleAsync();
        }
    }

    /// <summary>Queues a message; a client whose queue is full is closed instead.</summary>
    public void Send(OutgoingMessage message)
    {
        if (!_writer.TryWrite(message))
        {
            Close(CloseCode.TooSlow, CloseReason.TooSlow, discardWaiting: true);
        }
    }

    /// <summary>Closes the connection; the first call counts. Its operations end at once.</summary>
    public void Close(CloseCode code, string reason, bool discardWaiting = false)
    {
        if (!_writer.Close(code, reason, discardWaiting))
        {
            return;
        }

        _closing = true;
        _deadlines.Closing();
        Operations.StopAll();
        ConnectionLog.Closed(_services.Logger, (int)code, reason);
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _socket.Abort();

    /// <summary>Starts an operation without waiting for it.</summary>
    /// <returns>False when its id is in use.</returns>
    public bool TryStart(string id, OperationRequest request)
    {
        var operation = new SocketOperation(id, _protocol.NextHead(id));
        switch (Operations.TryAdd(operation))
        {
            case AddOutcome.Duplicate:
                return false;

            case AddOutcome.Closed:
                // The close frame says what there is to say; an error would keep the client from asking another node.
                return true;

            case AddOutcome.Full:
                var refusal = _services.Executor.Refuse("Too many operations run on this connection.", ErrorCodes.TooManyOperations);
                Send(_protocol.Error(operation, refusal.ErrorsJson));
                return true;

            default:
                var run = new OperationRun(this, _protocol, _services, operation, request with { User = User, RemoteAddress = RemoteAddress });
                ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
                return true;
        }
    }

    /// <summary>Asks whether a client of this address may initialize now; zero when it may, else the time to wait.</summary>
    public TimeSpan WaitToInitialize() => _services.Addresses.WaitToInitialize(Context.Connection.RemoteIpAddress);

    public void MarkInitialized()
    {
        _deadlines.Initialized();
        _initialized = true;
    }

    /// <summary>Does what time asks for; called about once a second by the one timer that serves all connections.</summary>
    public void Tick(long now)
    {
        switch (_deadlines.Check(now, busy: !Operations.IsIdle))
        {
            case Overdue.Close:
                _socket.Abort();
                break;

            case Overdue.Init:
                Close(_protocol.InitTimeoutCode, CloseReason.InitTimeout);
                break;

            case Overdue.Pong:
                Close(CloseCode.PongTimeout, CloseReason.PongTimeout, discardWaiting: true);
                break;

            case Overdue.Work:
                Close(CloseCode.Normal, CloseReason.Idle);
                break;

            case Overdue.KeepAlive:
                Send(new OutgoingMessage(_protocol.KeepAlive));
                break;

            default:
                _writer.TrimIfIdle();
                break;
        }
    }

    /// <summary>Receives until the client closes (true).</summary>
    private async Task<bool> ReceiveAsync()
    {
        while (!_closing)
        {
            var received = await _socket.ReceiveAsync();
            _deadlines.Heard();
            switch (received.Kind)
            {
                case ReceivedKind.Close:
                    return true;

                case ReceivedKind.Binary:
                    Close(CloseCode.UnsupportedData, CloseReason.Binary);
                    break;

                case ReceivedKind.TooBig:
                    Close(CloseCode.MessageTooBig, CloseReason.TooBig);
                    break;

                default:
                    await HandleAsync(received.Bytes);
                    break;
            }
        }

        await _socket.SkipToCloseAsync();
        return true;
    }

    private async ValueTask HandleAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_closing)
        {
            return;
        }

        if (ClientMessage.TryRead(bytes, out var message) is { } problem)
        {
            Close(_protocol.InvalidMessageCode, _protocol.InvalidMessageCode == CloseCode.InvalidMessage ? problem : CloseReason.InvalidType);
            return;
        }

        try
        {
            await _protocol.HandleAsync(this, message);
        }
#pragma warning disable CA1031 // A defect in handling one client's message must not reach the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ConnectionLog.Failed(_services.Logger, e);
            Close(CloseCode.ServerError, CloseReason.UnexpectedError);
        }
    }
}
