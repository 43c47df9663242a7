using System.Diagnostics;

namespace NewsGraph.Benchmarks;

/// <summary>A server in a process of its own, which prints where it listens.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TimeSpan ready)
    {
        (_process, Ready) = (process, ready);
        Http = new HttpClient { BaseAddress = address, Timeout = Limit };
    }

    public HttpClient Http { get; }

    /// <summary>When it was started, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long Started { get; private init; }

    /// <summary>From its start to the line that names the address.</summary>
    public TimeSpan Ready { get; }

    /// <summary>Processor time used so far, on all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory in use now (RSS), in MiB.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <summary>Starts <c>dotnet</c> with these arguments; the marker is what stands before the address in the line that names it.</summary>
    public static async Task<ServerProcess> StartAsync(string marker, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";

        // Both servers with the garbage collector of a web application, whatever the benchmark itself uses.
        start.Environment["DOTNET_gcServer"] = "1";
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server could not be started.");
        try
        {
            var address = await FindAddressAsync(process, marker, cancellationToken).WaitAsync(Limit, cancellationToken);
            var ready = Stopwatch.GetElapsedTime(started);

            // Nobody may let the pipe fill up: the server would stand still.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new ServerProcess(process, address, ready) { Started = started };
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Limit);
        _process.Dispose();
    }

    private static async Task<Uri> FindAddressAsync(Process process, string marker, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var at = line.IndexOf(marker, StringComparison.Ordinal);
            if (at >= 0)
            {
                return new Uri(line[(at + marker.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("The server ended before it said where it listens.");
    }
}
