using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.IntegrationTests.WebSockets;

public sealed class MessageSocketTests
{
    [Fact]
    public void A_connection_that_has_ended_can_be_cut_without_harm()
    {
        var context = new DefaultHttpContext();
        using var platform = WebSocket.CreateFromStream(Stream.Null, new WebSocketCreationOptions { IsServer = true });
        var socket = new MessageSocket(platform, null, context, maxMessageSize: 1024);

        // As the server does with a request's context when the request is over.
        socket.Release();
        context.Uninitialize();

        socket.Abort();
    }
}
