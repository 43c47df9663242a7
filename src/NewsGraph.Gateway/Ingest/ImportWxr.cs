using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// Imports WordPress exports: every file in a transaction of its own, so a broken one leaves nothing behind. Running it
/// again changes nothing; nothing that is in the database is ever deleted. What readers notice is told to the feeds in the
/// same transaction.
/// </summary>
public sealed class ImportWxr(INewsWriter writer, FeedLog feeds, TimeProvider clock)
{
    /// <summary>Imports the files in the order given; a refused file does not keep the others from being imported.</summary>
    /// <param name="files">Paths of the exports.</param>
    /// <param name="dryRun">Does the same work and takes it back, so the summary is the same and nothing is written.</param>
    /// <param name="progress">Told now and then how far it is, on any thread.</param>
    /// <param name="cancellationToken">Ends the import; the file at hand leaves nothing behind.</param>
    public async Task<ImportResult> RunAsync(
        IReadOnlyList<string> files, bool dryRun, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var results = new List<ImportedFile>();
        if (dryRun)
        {
            await RehearseAsync(files, results, progress, cancellationToken);
        }
        else
        {
            var session = new ImportSession();
            foreach (var file in files)
            {
                results.Add(await GuardAsync(file, async () =>
                {
                    var survey = await WxrSurvey.ReadAsync(file, progress, cancellationToken);
                    var (summary, after) = await writer.WriteAsync(
                        async (scope, _) =>
                        {
                            var attempt = session.Copy();
                            return (await ImportAsync(scope, file, survey, attempt, progress, cancellationToken), attempt);
                        },
                        cancellationToken);
                    session = after;
                    return summary;
                }));
            }
        }

        var total = new ImportSummary();
        results.ForEach(r => total.Add(r.Summary ?? new ImportSummary()));
        return new ImportResult(results, total);
    }

    // All files in one transaction that is taken back: a later file must see what the earlier ones would have written.
    private async Task RehearseAsync(
        IReadOnlyList<string> files, List<ImportedFile> results, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync<bool>(
                async (scope, _) =>
                {
                    results.Clear();
                    var session = new ImportSession();
                    foreach (var file in files)
                    {
                        results.Add(await GuardAsync(file, async () =>
                        {
                            var survey = await WxrSurvey.ReadAsync(file, progress, cancellationToken);
                            return await ImportAsync(scope, file, survey, session, progress, cancellationToken);
                        }));
                    }

                    throw new TakeBackException();
                },
                cancellationToken);
        }
        catch (TakeBackException)
        {
        }
    }

    private async Task<ImportSummary> ImportAsync(
        WriteScope scope, string file, WxrSurvey survey, ImportSession session, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        await using var source = new WxrSource(file, ImportStep.Importing, progress);
        return await new FileImport(scope, feeds, survey, session, clock).RunAsync(source, cancellationToken);
    }

    private static async Task<ImportedFile> GuardAsync(string file, Func<Task<ImportSummary>> import)
    {
        try
        {
            return new ImportedFile(file, await import(), null);
        }
        catch (WxrException exception)
        {
            return new ImportedFile(file, null, exception.Message);
        }
    }

    /// <summary>Ends a dry run: the writer takes back an act that fails.</summary>
    private sealed class TakeBackException : Exception;
}
