using System.Diagnostics;

namespace NewsGraph.Testing.Servers;

/// <summary>
/// PostgreSQL's own programs. They refuse to run as root, so root hands them to the user that Debian's package makes;
/// anybody else runs them as themselves.
/// </summary>
internal static class PostgresTools
{
    /// <summary>Far longer than any of them takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private const string User = "postgres";

    private static readonly Lazy<string> Programs = new(Find);

    /// <summary>Makes a folder belong to the user that the server runs as.</summary>
    public static Task OwnAsync(string folder) =>
        Environment.IsPrivilegedProcess ? FinishAsync(new ProcessStartInfo("chown") { ArgumentList = { User, folder } }) : Task.CompletedTask;

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message says what it said.</exception>
    public static Task RunAsync(string program, params IReadOnlyList<string> arguments) => FinishAsync(Start(program, arguments));

    /// <summary>How a program is started.</summary>
    public static ProcessStartInfo Start(string program, IReadOnlyList<string> arguments)
    {
        // The server must not hold on to the folder the tests run in, which its user may not even enter.
        var path = Path.Combine(Programs.Value, program);
        var start = new ProcessStartInfo(path) { WorkingDirectory = Path.GetTempPath() };
        if (Environment.IsPrivilegedProcess)
        {
            start.FileName = "setpriv";
            foreach (var argument in new[] { $"--reuid={User}", $"--regid={User}", "--clear-groups", "--", path })
            {
                start.ArgumentList.Add(argument);
            }
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static async Task FinishAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Limit);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(
                    $"{start.FileName} {string.Join(' ', start.ArgumentList)} failed with {process.ExitCode}: {await output} {await error}");
            }
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Find()
    {
        var debian = new DirectoryInfo("/usr/lib/postgresql");
        var newest = debian.Exists
            ? debian.GetDirectories().OrderByDescending(d => int.TryParse(d.Name, out var version) ? version : 0).Select(d => Path.Combine(d.FullName, "bin"))
            : [];
        return newest.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "pg_ctl")) && File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new NotSupportedException(
                "PostgreSQL was not found, and these tests run against the real one: install postgresql or run tests/run.sh.");
    }
}
