using System.Diagnostics;

namespace NewsGraph.Gateway.Drill;

/// <summary>Nodes that somebody else runs; they are broken by commands of that somebody.</summary>
internal sealed class RunningCluster(IReadOnlyList<Uri> endpoints, string? nodeCommand, string? redisCommand) : IDrillCluster
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public IReadOnlyList<Uri> Endpoints => endpoints;

    public Task RestartNodeAsync(CancellationToken cancellationToken) => RunAsync(nodeCommand!, cancellationToken);

    public Task RestartRedisAsync(CancellationToken cancellationToken) => RunAsync(redisCommand!, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task RunAsync(string command, CancellationToken cancellationToken)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", command])
            : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.RedirectStandardOutput = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var process = Process.Start(start) ?? throw new DrillException($"'{command}' could not be started.");
        try
        {
            // Its output would be mixed with the drill's own; its errors are shown.
            await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new DrillException($"'{command}' has not ended within {Limit.TotalSeconds:0} seconds.");
        }

        if (process.ExitCode != 0)
        {
            throw new DrillException($"'{command}' ended with exit code {process.ExitCode}.");
        }
    }
}
