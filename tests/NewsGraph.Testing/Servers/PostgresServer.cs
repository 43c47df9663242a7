using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace NewsGraph.Testing.Servers;

/// <summary>
/// A real PostgreSQL server of the tests' own: a free port on the loopback address, a data directory that is deleted with
/// it. It can be killed and started again on the same port. Databases may be made concurrently; the rest not.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The password in every connection string; nothing may repeat it.</summary>
    public const string Password = "a-secret-of-the-tests";

    private const string Ready = "database system is ready to accept connections";
    private const int PortAttempts = 5;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("newsgraph-postgres-");
    private readonly bool _durable;
    private int _databases;
    private Process? _process;

    private PostgresServer(bool durable)
    {
        _durable = durable;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The port, the same for the server's whole life.</summary>
    public int Port { get; private set; }

    private string Data => Path.Combine(_directory.FullName, "data");

    /// <param name="durable">Whether a commit that waits for the disk really does; only where that is tested, for it is slow.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var server = new PostgresServer(durable);
        try
        {
            await PostgresTools.OwnAsync(server._directory.FullName);
            var password = Path.Combine(server._directory.FullName, "password");
            await File.WriteAllTextAsync(password, Password);
            await PostgresTools.RunAsync(
                "initdb", "--pgdata", server.Data, "--username", "newsgraph", "--pwfile", password, "--auth", "password", "--no-sync", "--encoding", "UTF8", "--locale", "C.UTF-8");
            for (var attempt = 1; ; attempt++)
            {
                server.Port = FreePort();
                try
                {
                    await server.RestartAsync();
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

    /// <summary>Starts the server again after it was killed or stopped, and waits until it accepts connections.</summary>
    public async Task RestartAsync()
    {
        string[] settings =
        [
            $"port={Port}", "listen_addresses=127.0.0.1", $"unix_socket_directories={_directory.FullName}", "max_connections=300",
            "shared_buffers=64MB", "autovacuum=off", "log_min_messages=log",

            // Never as a default: an act that must be durable has to ask for it itself.
            "synchronous_commit=off",
            .. _durable ? Array.Empty<string>() : ["fsync=off", "full_page_writes=off"],
        ];
        var start = PostgresTools.Start("postgres", ["-D", Data, .. settings.SelectMany(setting => new[] { "-c", setting })]);
        start.RedirectStandardError = true;
        _process = Process.Start(start) ?? throw new InvalidOperationException("postgres did not start.");
        using var limit = new CancellationTokenSource(PostgresTools.Limit);
        var output = new StringBuilder();
        while (await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            output.AppendLine(line);
            if (line.Contains(Ready, StringComparison.Ordinal))
            {
                // Keep reading, or a full pipe would stop the server one day.
                _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
        }

        await KillAsync();
        throw new InvalidOperationException($"postgres ended before it was ready:{Environment.NewLine}{output}");
    }

    /// <summary>Ends the server at once, without a goodbye to its clients (kill -9 of all its processes).</summary>
    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            using (process)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync().WaitAsync(PostgresTools.Limit);
            }
        }
    }

    /// <summary>Stops the server as an operator would, ending its clients' connections.</summary>
    public Task StopAsync() => StopAsync("fast");

    /// <summary>A connection string for a database that is not there yet; the gateway makes it.</summary>
    public string NewDatabase() => ConnectionStringOf(
        string.Create(CultureInfo.InvariantCulture, $"news{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}"));

    /// <summary>The connection string of a database.</summary>
    public string ConnectionStringOf(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=newsgraph;Password={Password};Database={database};Timeout=10;Command Timeout=30";

    /// <summary>Deletes a database, whoever is connected to it.</summary>
    public async Task DropAsync(string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync(ConnectionStringOf("postgres"), $"DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)");
    }

    /// <summary>Runs a statement.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync().WaitAsync(PostgresTools.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await StopAsync("immediate");
        _directory.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StopAsync(string mode)
    {
        if (_process is not null)
        {
            await PostgresTools.RunAsync("pg_ctl", "stop", "-D", Data, "-w", "-t", "60", "-s", "-m", mode);
            await KillAsync();
        }
    }

    // A test run that is stopped half-way leaves no server behind. Asked to stop, it ends its own children; killed, it cannot.
    private void OnProcessExit(object? sender, EventArgs e)
    {
        if (_process is { } process)
        {
            using (Process.Start(PostgresTools.Start("pg_ctl", ["stop", "-D", Data, "-W", "-s", "-m", "immediate"])))
            {
            }

            if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
            {
                process.Kill(entireProcessTree: true);
            }

            _directory.Delete(recursive: true);
        }
    }
}
