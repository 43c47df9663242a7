using System.Diagnostics;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Storage;

/// <summary>A gateway in a process of its own, which can be killed.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private const string Announced = "GraphQL endpoint: ";

    private readonly Process _process;

    private GatewayProcess(Process process, Uri endpoint) => (_process, Endpoint) = (process, endpoint);

    /// <summary>The GraphQL endpoint.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts it on a free port of the loopback address and waits until it listens.</summary>
    public static async Task<GatewayProcess> StartAsync(string directory)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = directory };
        foreach (var argument in new[]
        {
            Path.Combine(AppContext.BaseDirectory, "NewsGraph.Gateway.dll"),
            "serve", "--urls=http://127.0.0.1:0", "--environment=Production", $"--Storage:Directory={directory}",
        })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The gateway did not start.");
        try
        {
            using var limit = new CancellationTokenSource(Waiting.Limit);
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.IndexOf(Announced, StringComparison.Ordinal) is var at and >= 0)
                {
                    // Keep reading, or a full pipe would stop it one day.
                    _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                    return new GatewayProcess(process, new Uri(line[(at + Announced.Length)..].Trim()));
                }
            }

            throw new InvalidOperationException("The gateway ended before it listened.");
        }
        catch
        {
            await KillAsync(process);
            throw;
        }
    }

    /// <summary>Ends it at once, without giving it a chance to finish anything (SIGKILL).</summary>
    public Task KillAsync() => KillAsync(_process);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static async Task KillAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync().WaitAsync(Waiting.Limit);
    }
}
