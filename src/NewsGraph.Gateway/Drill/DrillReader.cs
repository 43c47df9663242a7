using System.Net.WebSockets;
using System.Text.Json;

namespace NewsGraph.Gateway.Drill;

/// <summary>
/// One reader: follows the feed, comes back whenever it is cut off, to any node, and goes on after the last position it
/// got. It keeps what it got in the order of arrival. <see cref="RunAsync"/> runs once; <see cref="Cut"/> and the counts
/// are for any thread.
/// </summary>
internal sealed class DrillReader(int index, DrillTransport transport, ArticleFeed article, EventBook book, NewsClient client)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);

    // Longer than the server is ever silent: it pings.
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);

    private readonly List<int> _received = [];
    private readonly Dictionary<string, int> _problems = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _connection;
    private bool _wasCut;
    private string? _last;
    private int _count;
    private int _connects;

    public int Index => index;

    public DrillTransport Transport => transport;

    /// <summary>How many events it has got.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether it is connected now.</summary>
    public bool IsConnected => Volatile.Read(ref _connection) is not null;

    /// <summary>The last position it got, or null.</summary>
    public string? Last => Volatile.Read(ref _last);

    /// <summary>How often it came back.</summary>
    public int Reconnects => Math.Max(0, Volatile.Read(ref _connects) - 1);

    /// <summary>How often a node could not honour its position.</summary>
    public int Resets { get; private set; }

    /// <summary>What it got, as the book's numbers. Only once it has stopped.</summary>
    public IReadOnlyList<int> Received => _received;

    /// <summary>Why connections ended or failed, and how often. Only once it has stopped.</summary>
    public IReadOnlyDictionary<string, int> Problems => _problems;

    /// <summary>From a comment's first sending to its receipt. Only once it has stopped.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Tears its connection, if it has one, as a lost network would.</summary>
    public bool Cut()
    {
        lock (_gate)
        {
            if (_connection is not { } connection)
            {
                return false;
            }

            _wasCut = true;
            connection.Cancel();
            return true;
        }
    }

    /// <summary>Follows the feed until it is stopped. Never throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backoff = new Backoff(client.Time);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(backoff, cancellationToken);
                Note("completed by the server");
            }
            catch (Exception exception) when (exception is HttpRequestException or WebSocketException or IOException or InvalidDataException
                or OperationCanceledException or ObjectDisposedException or InvalidOperationException or JsonException or DrillRefusedException)
            {
                if (!cancellationToken.IsCancellationRequested)
                {
                    Note(_wasCut ? "cut by the drill" : exception is OperationCanceledException ? "silent for too long" : exception.Message);
                    _wasCut = false;
                }
            }

            await backoff.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(Backoff backoff, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(ConnectLimit);
        await using var connection = await ConnectAsync(client.AnyEndpoint(), end.Token);
        Connected(end);
        try
        {
            end.CancelAfter(SilenceLimit);
            while (await connection.ReadAsync(end.Token) is { } received)
            {
                end.CancelAfter(SilenceLimit);
                backoff.Succeeded();
                Take(received);
            }
        }
        finally
        {
            Connected(null);
        }
    }

    private void Connected(CancellationTokenSource? connection)
    {
        lock (_gate)
        {
            _connection = connection;
            if (connection is not null)
            {
                _wasCut = false;
                _connects++;
            }
        }
    }

    private async Task<IEventConnection> ConnectAsync(Uri endpoint, CancellationToken cancellationToken) => transport == DrillTransport.Sse
        ? await StreamConnection.OpenAsync(client.Http, endpoint, article.Id, article.Start, _last, cancellationToken)
        : await SocketConnection.OpenAsync(endpoint, article.Id, _last ?? article.Start, cancellationToken);

    private void Take(ReceivedEvent received)
    {
        if (received.IsReset)
        {
            Resets++;
        }
        else
        {
            _received.Add(book.NumberOf(received.Position));
            Volatile.Write(ref _count, _received.Count);
            if (book.Age(received.Text) is { } age)
            {
                Latency.Record(age);
            }
        }

        Volatile.Write(ref _last, received.Position);
    }

    private void Note(string problem) => _problems[problem] = _problems.GetValueOrDefault(problem) + 1;
}
