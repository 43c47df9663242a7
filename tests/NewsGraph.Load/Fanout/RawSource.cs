using System.Net.Http.Headers;
using NewsGraph.Load.Raw;
using NewsGraph.Load.Sockets;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Load.Fanout;

/// <summary>The raw broadcast: an event is a message of the gateway's, sent to it ready.</summary>
internal sealed class RawSource(ServerProcess server, byte[] message) : IEventSource
{
    public string Name => "raw broadcast";

    public TimeSpan ProcessorTime => server.ProcessorTime;

    public Uri Address => server.Address;

    public async Task PostAsync(int marker, CancellationToken cancellationToken)
    {
        var bytes = message.ToArray();
        Marker.Replace(bytes, marker);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await server.Http.PostAsync(RawBroadcastServer.Path, content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
