using System.Diagnostics;
using NewsGraph.Testing.Measuring;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>What one round saw.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Microseconds">The server's processor time for an answer.</param>
/// <param name="Median">Milliseconds from asking to the whole answer, half of the answers.</param>
/// <param name="Slowest">The same, 99 of 100.</param>
/// <param name="Bytes">The mean size of a body on the wire.</param>
internal sealed record Round(double PerSecond, double Microseconds, double Median, double Slowest, double Bytes);

/// <summary>
/// Asks one server as fast as it answers, over a few connections from one thread: each is asked again as soon as its answer is
/// read, so that the server always has something to do.
/// </summary>
internal sealed class ServerLoad : IDisposable
{
    private const int MostWarmRounds = 12;
    private const double Agreement = 0.05;
    private static readonly TimeSpan WarmRound = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(0.5);

    private readonly ServerProcess _server;
    private readonly IReadOnlyList<byte[]> _requests;
    private readonly Lazy<RawConnection[]> _opened;
    private int _next;

    public ServerLoad(string name, ServerProcess server, IReadOnlyList<byte[]> requests, int connections)
    {
        (Name, _server, _requests) = (name, server, requests);
        _opened = new(() => [.. Enumerable.Range(0, connections).Select(_ => new RawConnection(server.Address))]);
    }

    public string Name { get; }

    public List<Round> Rounds { get; } = [];

    // Opened when they are asked over: a server closes those that wait for minutes.
    private RawConnection[] Connections => _opened.Value;

    public double Microseconds => Report.Median(Rounds.Select(r => r.Microseconds));

    /// <summary>
    /// Warms all, then measures them in short turns: a machine that slows down for some seconds slows them alike.
    /// </summary>
    /// <param name="loads">What is compared.</param>
    /// <param name="run">How long each is asked in a run; there are <see cref="Ratio.Runs"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static void Compare(IReadOnlyList<ServerLoad> loads, TimeSpan run, CancellationToken cancellationToken)
    {
        foreach (var load in loads)
        {
            load.Warm(cancellationToken);
        }

        for (var turn = 0; turn < Ratio.Runs * (int)(run / Turn); turn++)
        {
            foreach (var load in loads)
            {
                load.Rounds.Add(load.Run(Turn, cancellationToken));
            }
        }
    }

    // Until two rounds agree, or it is clear that they will not.
    private void Warm(CancellationToken cancellationToken)
    {
        var last = Run(WarmRound, cancellationToken);
        for (var i = 1; i < MostWarmRounds; i++)
        {
            var now = Run(WarmRound, cancellationToken);
            if (Math.Abs(now.Microseconds - last.Microseconds) <= Agreement * last.Microseconds)
            {
                return;
            }

            last = now;
        }
    }

    public void Dispose()
    {
        foreach (var connection in _opened.IsValueCreated ? Connections : [])
        {
            connection.Dispose();
        }
    }

    /// <summary>Asks for everything once.</summary>
    public void AskEach(CancellationToken cancellationToken)
    {
        using var connection = new RawConnection(_server.Address);
        foreach (var request in _requests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            connection.Send(request);
            connection.Receive();
        }
    }

    /// <summary>Asks for a while.</summary>
    public Round Run(TimeSpan length, CancellationToken cancellationToken)
    {
        var connections = Connections;
        var sent = new long[connections.Length];
        var times = new List<long>(100_000);
        var bytes = 0L;
        var processor = _server.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var end = started + (long)(length.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; i < connections.Length; i++)
        {
            sent[i] = Stopwatch.GetTimestamp();
            connections[i].Send(Next());
        }

        for (var going = connections.Length; going > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < connections.Length; i++)
            {
                if (sent[i] == 0)
                {
                    continue;
                }

                bytes += connections[i].Receive().Length;
                var now = Stopwatch.GetTimestamp();
                times.Add(now - sent[i]);
                if (now < end)
                {
                    sent[i] = now;
                    connections[i].Send(Next());
                }
                else
                {
                    sent[i] = 0;
                    going--;
                }
            }
        }

        var took = Stopwatch.GetElapsedTime(started);
        var used = _server.ProcessorTime - processor;
        times.Sort();
        return new Round(
            times.Count / took.TotalSeconds,
            used.TotalMicroseconds / times.Count,
            Milliseconds(times[times.Count / 2]),
            Milliseconds(times[times.Count * 99 / 100]),
            (double)bytes / times.Count);
    }

    private byte[] Next() => _requests[_next = (_next + 1) % _requests.Count];

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
