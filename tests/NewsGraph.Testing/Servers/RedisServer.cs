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
    private const string Ready = "Ready to accept connections";
    private const int PortAttempts = 5;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("newsgraph-redis-");
    private Process? _process;

    private RedisServer()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The port, the same for the server's whole life.</summary>
    public int Port { get; private set; }

    /// <summary>What a client needs to connect.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>The process id of the running server.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The redis-server is not running.");

    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var server = new RedisServer();
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
            if (line.Contains(Ready, StringComparison.Ordinal))
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await EndAsync();
        _directory.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true };
        foreach (var argument in new[]
        {
            "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _directory.FullName,
        })
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
