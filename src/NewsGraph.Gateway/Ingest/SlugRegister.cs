using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>The slugs that are taken, as far as a batch may want them.</summary>
internal sealed class SlugRegister
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public static async Task<SlugRegister> LoadAsync(NewsContext db, IEnumerable<string> wanted, CancellationToken cancellationToken)
    {
        var register = new SlugRegister();
        var slugs = wanted.Distinct(StringComparer.Ordinal).ToList();
        var taken = await db.Set<Article>().Where(a => slugs.Contains(a.Slug)).Select(a => a.Slug).ToListAsync(cancellationToken);
        register._taken.UnionWith(taken);

        // Numbers behind a slug matter only where it is taken, or wanted twice.
        var repeated = wanted.GroupBy(s => s, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);
        foreach (var slug in taken.Union(repeated, StringComparer.Ordinal))
        {
            var prefix = slug.Length > 180 ? slug[..180] : slug + "-";
            register._taken.UnionWith(
                await db.Set<Article>().Where(a => a.Slug.StartsWith(prefix)).Select(a => a.Slug).ToListAsync(cancellationToken));
        }

        return register;
    }

    public string Take(string slug)
    {
        var free = Slugs.Free(slug, _taken.Contains);
        _taken.Add(free);
        return free;
    }
}
