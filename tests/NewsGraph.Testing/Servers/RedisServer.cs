using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NewsGraph.Testing.Servers;

/// <summary>
/// A real redis-server of the test's own: a free port on the loopback address, an empty directory, nothing persisted.
/// It can be killed and started again on the same port. Not for concurrent use.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const int PortAttempts = 5;

    /// <summary>Arguments of a server that keeps its data in memory only.</summary>
    public static readonly string[] NothingPersisted = ["--save", "", "--appendonly", "no"];

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("newsgraph-redis-");
    private readonly Func<RedisServer, IEnumerable<string>> _arguments;
    private readonly string _ready;
    private Process? _process;

    private RedisServer(Func<RedisServer, IEnumerable<string>> arguments, string ready)
    {
        (_arguments, _ready) = (arguments, ready);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The port, the same for the server's whole life.</summary>
    public int Port { get; private set; }

    /// <summary>What a client needs to connect.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>The process id of the running server.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The redis-server is not running.");

    /// <summary>Its directory, deleted with it.</summary>
    public string Directory => _directory.FullName;

    /// <summary>Starts a server that stands alone.</summary>
    public static Task<RedisServer> StartAsync(CancellationToken cancellationToken = default) => StartAsync(_ => NothingPersisted, cancellationToken);

    /// <summary>Starts a server with arguments of its own.</summary>
    /// <param name="arguments">What is added to the command line, known only once the port is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="ready">The words in the server's output that say that it is ready.</param>
    public static async Task<RedisServer> StartAsync(
        Func<RedisServer, IEnumerable<string>> arguments, CancellationToken cancellationToken, string ready = "Ready to accept connections")
    {
        var server = new RedisServer(arguments, ready);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                server.Port = FreePort();
                try
                {
                    await server.RestartAsync(cancellationToken);
                    return server;
                }
                catch (InvalidOperationException) when (attempt < PortAttempts)
                {
                    // Between finding the port and listening on it, somebody else may have taken it.
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server again on its port after it was killed or stopped, and waits until it accepts connections.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not null)
        {
            throw new InvalidOperationException("The redis-server is still running.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        _process = Launch();
        var output = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            output.AppendLine(line);
            if (line.Contains(_ready, StringComparison.Ordinal))
            {
                // Keep reading, or a full pipe would stop the server one day.
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
        }

        await EndAsync();
        throw new InvalidOperationException($"redis-server ended before it was ready:{Environment.NewLine}{output}");
    }

    /// <summary>Ends the server at once, without a goodbye to its clients (kill -9).</summary>
    public Task KillAsync() => EndAsync();

    /// <summary>Stops the server in its tracks: its sockets stay open, and nothing answers (kill -STOP).</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets a frozen server go on.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Asks the server something with redis-cli, as an operator would: the answer's lines.</summary>
    public async Task<string[]> AskAsync(params string[] command)
    {
        using var cli = Process.Start(new ProcessStartInfo("redis-cli", ["-e", "-p", $"{Port}", .. command]) { RedirectStandardOutput = true })!;
        var answer = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return cli.ExitCode == 0
            ? answer.TrimEnd().ReplaceLineEndings("\n").Split('\n')
            : throw new InvalidOperationException($"{string.Join(' ', command)}: {answer}");
    }

    /// <summary>Whether the server is a master; false while it is just made one, as its clients are thrown out then.</summary>
    public async Task<bool> IsMasterAsync()
    {
        try
        {
            return (await AskAsync("ROLE"))[0] == "master";
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await EndAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>A port of the loopback address on which nobody listens at the moment.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true };
        string[] common = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _directory.FullName];
        foreach (var argument in _arguments(this).Concat(common))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("redis-server did not start.");
        }
        catch (Win32Exception exception)
        {
            throw new NotSupportedException(
                "redis-server was not found, and these tests run against the real one: install redis-server or run tests/run.sh.",
                exception);
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{ProcessId}"]);
        await kill.WaitForExitAsync();
    }

    private async Task EndAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
        {
            return;
        }

        using (process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    // A test run that is stopped half-way leaves no server behind.
    private void OnProcessExit(object? sender, EventArgs e) => _process?.Kill();
}
