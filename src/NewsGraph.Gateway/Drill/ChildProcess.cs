using System.ComponentModel;
using System.Diagnostics;

namespace NewsGraph.Gateway.Drill;

/// <summary>
/// A server that the drill owns: started, killed and started again with the same command line, and gone when the drill
/// is. Its output goes to a file. Not for concurrent use.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly IReadOnlyList<string> _arguments;
    private readonly string _readyMark;
    private readonly string _log;
    private Process? _process;
    private Task _copying = Task.CompletedTask;

    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="readyMark">What it prints once it can be used.</param>
    /// <param name="log">The file for its output.</param>
    public ChildProcess(string program, IReadOnlyList<string> arguments, string readyMark, string log)
    {
        (_program, _arguments, _readyMark, _log) = (program, arguments, readyMark, log);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Starts it and waits until it can be used.</summary>
    /// <exception cref="DrillException">It is not to be found, ended, or took too long.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        var process = _process = Launch();
        var output = new StreamWriter(_log, append: true) { AutoFlush = true };
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                await output.WriteLineAsync(line);
                if (line.Contains(_readyMark, StringComparison.Ordinal))
                {
                    // Keep reading, or a full pipe would stop it one day.
                    _copying = CopyAsync(process.StandardOutput, output);
                    output = null;
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await KillAsync();
            throw new DrillException($"'{_program}' was not ready within {StartLimit.TotalSeconds:0} seconds; see {_log}.");
        }
        finally
        {
            output?.Dispose();
        }

        await KillAsync();
        throw new DrillException($"'{_program}' ended before it was ready; see {_log}.");
    }

    /// <summary>Ends it at once, without giving it a chance to finish anything (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
        {
            return;
        }

        using (process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            await _copying;
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await KillAsync();
    }

    private static async Task CopyAsync(StreamReader from, StreamWriter to)
    {
        using (to)
        {
            while (await from.ReadLineAsync() is { } line)
            {
                await to.WriteLineAsync(line);
            }
        }
    }

    private Process Launch()
    {
        try
        {
            return Process.Start(new ProcessStartInfo(_program, _arguments) { RedirectStandardOutput = true })
                ?? throw new DrillException($"'{_program}' could not be started.");
        }
        catch (Win32Exception)
        {
            throw new DrillException($"'{_program}' was not found.");
        }
    }

    // A drill that is ended half-way leaves no server behind.
    private void OnProcessExit(object? sender, EventArgs e) => _process?.Kill();
}
