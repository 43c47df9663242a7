using System.Text;
using System.Threading.Channels;

namespace NewsGraph.Testing.Specifications;

/// <summary>A subscriber that notes what it hears, so that a test can wait for the next message with a limit.</summary>
public sealed class TopicProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Channel<byte[]> _heard = Channel.CreateUnbounded<byte[]>();

    /// <summary>The handler to subscribe with.</summary>
    public void Hear(ReadOnlyMemory<byte> message) => _heard.Writer.TryWrite(message.ToArray());

    /// <summary>The next message as text.</summary>
    public async Task<string> NextAsync() => Encoding.UTF8.GetString(await NextBytesAsync());

    /// <summary>The next message.</summary>
    public async Task<byte[]> NextBytesAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        return await _heard.Reader.ReadAsync(limit.Token);
    }

    /// <summary>Whether nothing waits to be taken.</summary>
    public bool IsSilent => _heard.Reader.Count == 0;
}
