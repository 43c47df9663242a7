using System.CommandLine;
using System.CommandLine.Parsing;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Related;
using NewsGraph.Gateway.Storage;
using Spectre.Console;

namespace NewsGraph.Gateway.Commands;

/// <summary><c>import</c>: brings WordPress exports into the database.</summary>
internal static class ImportCommand
{
    /// <param name="build">Builds the gateway, whose services do the work; it is not started.</param>
    public static Command Create(Func<WebApplication> build)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "WordPress exports (WXR), of any version.",
            Arity = ArgumentArity.OneOrMore,
            HelpName = "FILE",
        };
        files.Validators.Add(RefuseMisspeltOptions);
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Does the same work and prints the same summary, but writes nothing.",
        };
        var command = new Command(
            "import",
            """
            Imports WordPress exports: articles, categories and tags, authors, comments. Run twice, it changes nothing;
            nothing that is in the database is ever deleted. A broken file gets one line (file, line, what is wrong), the
            exit code is 1, and the database is as it was. Files are written in batches, between which comments go on being
            posted; an import that was cut off is completed by running it again. Only a dry run makes other writers wait.

            Examples:
              import export.xml
              import --dry-run exports/*.xml
            """)
        {
            files,
            dryRun,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = build();
            await app.Services.GetRequiredService<DatabaseSetup>().PrepareAsync(cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            var rehearsal = parsed.GetValue(dryRun);
            var result = await RunAsync(app.Services, parsed.GetValue(files)!, rehearsal, IsTerminal(output), cancellationToken);

            if (IsTerminal(output))
            {
                ImportReport.WriteTable(AnsiConsole.Console, result, rehearsal);
            }
            else
            {
                ImportReport.WriteLines(output, result, rehearsal);
            }

            foreach (var error in result.Files.Select(f => f.Error).OfType<string>())
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(error);
            }

            return result.Succeeded ? 0 : 1;
        });
        return command;
    }

    // What looks like an option and is none would be taken for a file, and the import would run without it.
    private static void RefuseMisspeltOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(t => t.Value.StartsWith('-')))
        {
            result.AddError($"import has no option '{token.Value}'; did you mean --dry-run? A file of that name is written ./{token.Value}");
        }
    }

    private static bool IsTerminal(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    private static async Task<ImportResult> RunAsync(
        IServiceProvider services, string[] files, bool dryRun, bool terminal, CancellationToken cancellationToken)
    {
        if (!terminal)
        {
            return await RunAsync(services, files, dryRun, null, null, cancellationToken);
        }

        return await AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bars = new Bars(context);
                return RunAsync(services, files, dryRun, bars, bars, cancellationToken);
            });
    }

    private static async Task<ImportResult> RunAsync(
        IServiceProvider services,
        string[] files,
        bool dryRun,
        IProgress<ImportProgress>? progress,
        IProgress<RelatedProgress>? related,
        CancellationToken cancellationToken)
    {
        var result = await services.GetRequiredService<ImportWxr>().RunAsync(files, dryRun, progress, cancellationToken);
        if (!dryRun && services.GetService<PrepareRelatedPosts>() is { } prepare)
        {
            try
            {
                await prepare.RunAsync(related, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Everything is imported and reported; a list that is missing is found when it is first asked for.
            }
        }

        return result;
    }

    /// <summary>A bar for each file; checking and importing are half of it each.</summary>
    private sealed class Bars(ProgressContext context) : IProgress<ImportProgress>, IProgress<RelatedProgress>
    {
        private const string Related = "related posts";
        private readonly Dictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);

        public void Report(ImportProgress value) => Show(
            value.File, value.BytesRead + (value.Step == ImportStep.Importing ? value.TotalBytes : 0), value.TotalBytes * 2);

        public void Report(RelatedProgress value) => Show(Related, value.Done, value.Total);

        private void Show(string name, long done, long total)
        {
            lock (_bars)
            {
                if (!_bars.TryGetValue(name, out var bar))
                {
                    bar = context.AddTask(Markup.Escape(Path.GetFileName(name)));
                    _bars.Add(name, bar);
                }

                bar.MaxValue = Math.Max(1, total);
                bar.Value = done;
            }
        }
    }
}
