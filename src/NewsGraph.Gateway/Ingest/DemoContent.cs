using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>The news of an invented region, for whoever looks at the gateway for the first time.</summary>
public sealed class DemoContent(ImportWxr import, IDbContextFactory<NewsContext> databases)
{
    /// <summary>The export that ships with the program.</summary>
    public static string File => Path.Combine(AppContext.BaseDirectory, "Demo", "demo.wxr.xml");

    /// <summary>Imports the demo content when there is no article at all.</summary>
    /// <returns>How many articles came in; 0 when the database has articles.</returns>
    /// <exception cref="InvalidOperationException">The file is missing or broken.</exception>
    public async Task<int> LoadIntoEmptyAsync(CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (await db.Set<Article>().AnyAsync(cancellationToken))
            {
                return 0;
            }
        }

        var result = await import.RunAsync([File], dryRun: false, cancellationToken: cancellationToken);
        return result.Files[0].Error is { } error ? throw new InvalidOperationException(error) : result.Total.Articles.New;
    }
}
