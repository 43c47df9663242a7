using System.Net.WebSockets;
using NewsGraph.Load.Sockets;

namespace NewsGraph.Tests.Load;

public sealed class FramesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void A_frame_of_any_size_is_read_whole_or_not_at_all(int size)
    {
        var payload = Enumerable.Range(0, size).Select(i => (byte)i).ToArray();
        var bytes = Frames.OfServer(payload);

        foreach (var part in new[] { 0, 1, 2, 3, bytes.Length - 1 }.Where(p => p < bytes.Length))
        {
            ReadOnlySpan<byte> some = bytes.AsSpan(0, part);
            Assert.False(Frames.TryRead(ref some, out _));
            Assert.Equal(part, some.Length);
        }

        ReadOnlySpan<byte> received = (byte[])[.. bytes, 0x81];
        Assert.True(Frames.TryRead(ref received, out var frame));
        Assert.Equal(Frames.Text, frame.Opcode);
        Assert.True(frame.Payload.SequenceEqual(payload));
        Assert.Equal(1, received.Length);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(200)]
    [InlineData(70_000)]
    public async Task A_client_frame_is_what_a_server_of_the_platform_reads(int size)
    {
        var payload = Enumerable.Range(0, size).Select(i => (byte)('a' + (i % 26))).ToArray();
        using var stream = new MemoryStream();
        stream.Write(Frames.OfClient(payload));
        stream.Position = 0;
        using var server = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        var buffer = new byte[size + 1];

        var length = 0;
        while (length < size)
        {
            length += (await server.ReceiveAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken)).Count;
        }

        Assert.Equal(payload, buffer[..size]);
    }

    [Fact]
    public void A_fragment_is_refused_rather_than_counted_wrongly() =>
        Assert.Throws<InvalidDataException>(() =>
        {
            ReadOnlySpan<byte> fragment = [0x01, 0x00];
            Frames.TryRead(ref fragment, out _);
        });

    [Fact]
    public void A_marker_is_found_and_can_be_replaced()
    {
        var message = System.Text.Encoding.UTF8.GetBytes($$"""{"body":"<p>{{Marker.Text(42)}} hello {{Marker.Text(42)}}</p>"}""");

        Assert.Equal(42, Marker.Find(message));
        Marker.Replace(message, 1_234_567);
        Assert.Equal(1_234_567, Marker.Find(message));
        Assert.DoesNotContain(Marker.Text(42), System.Text.Encoding.UTF8.GetString(message), StringComparison.Ordinal);
        Assert.Equal(-1, Marker.Find("""{"type":"ping"}"""u8));
    }
}
