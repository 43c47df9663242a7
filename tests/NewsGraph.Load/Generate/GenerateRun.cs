using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Load.Generate;

/// <summary>Writes the set and has the gateway import it.</summary>
internal static class GenerateRun
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(WorkloadOptions options, string folder, Keep keep, CancellationToken cancellationToken)
    {
        var database = GatewayProcess.Database(folder);
        if (keep != Keep.FilesOnly && File.Exists(database))
        {
            throw new InvalidOperationException($"{database} is there already. Name another folder, or delete it first.");
        }

        var started = Stopwatch.GetTimestamp();
        var exports = Path.Combine(folder, "wxr");
        Say(started, $"writing {options.Articles:N0} articles and {options.Comments:N0} comments, seed {options.Seed}");
        var files = ExportFiles.Write(new Workload(options), options, exports, done => Say(started, $"{done:N0} articles written"), cancellationToken);
        Say(started, $"{files.Count} exports, {files.Sum(f => new FileInfo(f).Length) / 1e6:N0} MB");
        if (keep == Keep.FilesOnly)
        {
            return 0;
        }

        var code = await ImportAsync(started, options, folder, files, cancellationToken);
        if (code == 0 && keep == Keep.DatabaseOnly)
        {
            Directory.Delete(exports, recursive: true);
        }

        return code;
    }

    private static async Task<int> ImportAsync(long started, WorkloadOptions options, string folder, List<string> files, CancellationToken cancellationToken)
    {
        using var import = GatewayProcess.Start(["import", $"--Storage:Directory={folder}", .. files]);
        try
        {
            var ended = import.WaitForExitAsync(cancellationToken);
            while (await Task.WhenAny(ended, Task.Delay(ReportEvery, TimeProvider.System, cancellationToken)) != ended)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var done = Imported(GatewayProcess.Database(folder));
                if (done > 0)
                {
                    Say(started, $"{done:N0} articles imported, {100.0 * done / options.Articles:0} %");
                }
                else
                {
                    Say(started, $"the exports are checked");
                }
            }

            await ended;
        }
        finally
        {
            if (!import.HasExited)
            {
                import.Kill();
            }
        }

        if (import.ExitCode == 0)
        {
            Say(started, $"done: {new FileInfo(GatewayProcess.Database(folder)).Length / 1e6:N0} MB in {GatewayProcess.Database(folder)}");
        }

        return import.ExitCode;
    }

    // Articles are numbered as they come, and their keys are an index: this costs the import nothing.
    private static long Imported(string database)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT coalesce(max(Id), 0) FROM articles";
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            // Not made yet.
            return 0;
        }
    }

    private static void Say(long started, FormattableString text) => Console.Error.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started):hh\\:mm\\:ss} ") + text.ToString(CultureInfo.InvariantCulture));
}
