using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// Imports WordPress exports. Every file is read whole before anything of it is written, so a broken one leaves nothing
/// behind; then it is written in batches, between which others write. Running it again changes nothing and completes what
/// was cut off; nothing that is in the database is ever deleted. What readers notice is told to the feeds in the
/// transaction that changes it.
/// </summary>
public sealed class ImportWxr(INewsWriter writer, FeedLog feeds, TimeProvider clock)
{
    /// <summary>Imports the files in the order given; a refused file does not keep the others from being imported.</summary>
    /// <param name="files">Paths of the exports.</param>
    /// <param name="dryRun">Does the same work and takes it back, so the summary is the same and nothing is written.</param>
    /// <param name="progress">Told now and then how far it is, on any thread.</param>
    /// <param name="cancellationToken">Ends the import; what is written by then stays, and running it again completes it.</param>
    public async Task<ImportResult> RunAsync(
        IReadOnlyList<string> files, bool dryRun, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var images = new ImportImages();
        var read = new List<ImportedFile>();
        foreach (var file in files)
        {
            read.Add(await GuardAsync(file, () => Task.Run(
                () =>
                {
                    WxrSurvey.Read(file, images, progress, cancellationToken);
                    return new ImportSummary();
                },
                cancellationToken)));
        }

        images.KeepWanted();
        var results = dryRun
            ? await RehearseAsync(read, images, progress, cancellationToken)
            : await ImportAsync(read, (act, ct) => writer.WriteAsync((scope, _) => act(scope), ct), images, progress, cancellationToken);
        var total = new ImportSummary();
        results.ForEach(r => total.Add(r.Summary ?? new ImportSummary()));
        return new ImportResult(results, total);
    }

    // All files in one transaction that is taken back: a later file must see what the earlier ones would have written.
    private async Task<List<ImportedFile>> RehearseAsync(
        List<ImportedFile> read, ImportImages images, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        List<ImportedFile> results = [];
        try
        {
            await writer.WriteAsync<bool>(
                async (scope, _) =>
                {
                    results = await ImportAsync(read, (act, _) => act(scope), images, progress, cancellationToken);
                    throw new TakeBackException();
                },
                cancellationToken);
        }
        catch (TakeBackException)
        {
        }

        return results;
    }

    private async Task<List<ImportedFile>> ImportAsync(
        List<ImportedFile> read, BatchWriter write, ImportImages images, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var session = new ImportSession();
        var results = new List<ImportedFile>();
        foreach (var file in read)
        {
            results.Add(file.Error is not null ? file : await GuardAsync(file.File, async () =>
            {
                using var source = new WxrSource(file.File, ImportStep.Importing, progress);
                return await new FileImport(write, feeds, images, session, clock).RunAsync(source, cancellationToken);
            }));
        }

        return results;
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
