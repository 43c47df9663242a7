using System.Diagnostics;
using System.Globalization;

namespace NewsGraph.Testing.Processes;

/// <summary>A server in a process of its own, which prints where it listens and can be killed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string DotNet =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TimeSpan ready)
    {
        (_process, Address, Ready) = (process, address, ready);
        Http = new HttpClient { BaseAddress = address, Timeout = Limit };
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>What it printed.</summary>
    public Uri Address { get; }

    /// <summary>A client that knows the address and gives up in time.</summary>
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

    /// <summary>Starts <c>dotnet</c> with these arguments and waits until it listens.</summary>
    /// <param name="marker">What stands before the address in the line that names it.</param>
    /// <param name="arguments">The program and its arguments.</param>
    /// <param name="environment">The <c>ASPNETCORE_ENVIRONMENT</c>.</param>
    /// <param name="cancellationToken">Gives up, and ends the process.</param>
    public static Task<ServerProcess> StartAsync(
        string marker, IEnumerable<string> arguments, string environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotNet, arguments);

        // Every server with the garbage collector of a web application, whatever the one that starts it uses itself.
        start.Environment["DOTNET_gcServer"] = "1";
        return StartAsync(start, marker, environment, cancellationToken);
    }

    /// <summary>The same on one core of the processor, with the settings that the program itself brings.</summary>
    public static Task<ServerProcess> StartOnAsync(
        int core, string marker, IEnumerable<string> arguments, string environment, CancellationToken cancellationToken) =>
        StartAsync(
            new ProcessStartInfo("taskset", ["-c", core.ToString(CultureInfo.InvariantCulture), DotNet, .. arguments]), marker, environment, cancellationToken);

    /// <summary>The same for a program that needs no <c>dotnet</c>.</summary>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start, string marker, string environment, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
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

    /// <summary>Ends it at once, without giving it a chance to finish anything (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync().WaitAsync(Limit);
    }

    /// <summary>Asks it to stop, as an operator or an orchestrator does (SIGTERM).</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Http.Dispose();
        await KillAsync();
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

    // A run that is stopped half-way leaves no server behind.
    private void OnProcessExit(object? sender, EventArgs e) => _process.Kill();
}
