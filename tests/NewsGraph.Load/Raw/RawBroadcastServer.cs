using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsGraph.Load.Sockets;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Load.Raw;

/// <summary>
/// What the gateway's fan-out is held against: Kestrel with WebSockets and nothing else. What is posted goes to every
/// socket, framed once; frames that wait for a socket go out in one write.
/// </summary>
internal static class RawBroadcastServer
{
    /// <summary>The load generator's own argument that makes it this server.</summary>
    public const string Command = "raw-broadcast";

    private const string Marker = "Raw broadcast: ";

    // RFC 6455, section 1.3.
    private const string HandshakeKey = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Where it takes messages and sockets.</summary>
    public static Uri Path { get; } = new("/broadcast", UriKind.Relative);

    /// <summary>Starts it in a process of its own.</summary>
    public static Task<ServerProcess> StartAsync(CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(Marker, [typeof(RawBroadcastServer).Assembly.Location, Command], "Production", cancellationToken);

    /// <summary>Where its sockets are opened.</summary>
    public static Uri AddressOf(ServerProcess server) => new(server.Address, Path);

    /// <summary>Serves until the process is ended.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var sockets = new ConcurrentDictionary<RawSocket, bool>();
        app.Run(context => HttpMethods.IsPost(context.Request.Method) ? BroadcastAsync(context, sockets) : AcceptAsync(context, sockets));
        await app.StartAsync(cancellationToken);
        Console.WriteLine(Marker + app.Urls.Single());
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static async Task BroadcastAsync(HttpContext context, ConcurrentDictionary<RawSocket, bool> sockets)
    {
        using var message = new MemoryStream();
        await context.Request.Body.CopyToAsync(message, context.RequestAborted);
        var frame = Frames.OfServer(message.ToArray());

        // One after the other, so that all get them in one order.
        lock (sockets)
        {
            foreach (var (socket, _) in sockets)
            {
                socket.Send(frame);
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task AcceptAsync(HttpContext context, ConcurrentDictionary<RawSocket, bool> sockets)
    {
        var upgrade = context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        if (!upgrade.IsUpgradableRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        var key = Encoding.ASCII.GetBytes(context.Request.Headers.SecWebSocketKey + HandshakeKey);
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(key));
        var stream = await upgrade.UpgradeAsync();
        var socket = new RawSocket(stream);
        sockets[socket] = true;
        try
        {
            await DrainAsync(stream, context.RequestAborted);
        }
        finally
        {
            sockets.TryRemove(socket, out _);
        }
    }

    // Whatever a client says is of no interest; that it hangs up is.
    private static async Task DrainAsync(Stream stream, CancellationToken cancellationToken)
    {
        var scratch = new byte[256];
        try
        {
            while (await stream.ReadAsync(scratch, cancellationToken) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Hung up.
        }
    }
}
