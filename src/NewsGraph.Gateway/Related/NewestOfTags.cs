using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// The newest public articles of each tag, kept between requests. What is kept holds for one <see cref="Tag.Revision"/>,
/// which every reader sees with the tag itself; so nothing outdated is ever used, on whichever node a change was made.
/// Safe for concurrent use.
/// </summary>
internal sealed class NewestOfTags(IDbContextFactory<NewsContext> databases)
{
    /// <summary>
    /// Of a popular tag only the newest articles are looked at, which bounds the work. The price: an older article that
    /// shares nothing but popular tags can be missed, even when it shares several.
    /// </summary>
    private const int PerTag = 500;

    // 16 bytes each: 32 MB, or the newest articles of 4,000 tags that have so many.
    private const int MaxKept = 2_000_000;

    private readonly ConcurrentDictionary<long, (long Revision, TaggedArticles Articles)> _kept = new();
    private int _count;

    /// <summary>The newest articles of each tag; read with one statement for all that are not kept.</summary>
    /// <param name="revisions">The tags, each with its revision.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyDictionary<long, TaggedArticles>> FindAsync(IReadOnlyDictionary<long, long> revisions, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, TaggedArticles>(revisions.Count);
        var missing = new List<long>();
        foreach (var (tag, revision) in revisions)
        {
            if (_kept.TryGetValue(tag, out var kept) && kept.Revision == revision)
            {
                found.Add(tag, kept.Articles);
            }
            else
            {
                missing.Add(tag);
            }
        }

        if (missing.Count > 0)
        {
            var read = await ReadAsync(missing, cancellationToken);
            foreach (var tag in missing)
            {
                var articles = read.GetValueOrDefault(tag, TaggedArticles.None);
                found.Add(tag, articles);
                Keep(tag, revisions[tag], articles);
            }
        }

        return found;
    }

    private void Keep(long tag, long revision, TaggedArticles articles)
    {
        if (Interlocked.Add(ref _count, articles.Count) > MaxKept)
        {
            _kept.Clear();
            Interlocked.Exchange(ref _count, articles.Count);
        }

        _kept[tag] = (revision, articles);
    }

    private async Task<Dictionary<long, TaggedArticles>> ReadAsync(List<long> tagIds, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        var articles = db.Set<Article>().Where(Article.IsPublic);

        // The tags are named inside as well, so the database numbers the articles of these tags and of no other.
        var newest = await db.Set<Tag>()
            .Where(t => tagIds.Contains(t.Id))
            .SelectMany(t => db.Set<ArticleTag>()
                .Where(link => tagIds.Contains(link.TagId) && link.TagId == t.Id && link.ListedAt != null)
                .Join(articles, link => link.ArticleId, a => a.Id, (link, a) => new { link.TagId, link.ArticleId, PublishedAt = link.ListedAt })
                .OrderByDescending(c => c.PublishedAt)
                .ThenByDescending(c => c.ArticleId)
                .Take(PerTag))
            .ToListAsync(cancellationToken);
        return newest.GroupBy(c => c.TagId).ToDictionary(
            tag => tag.Key,
            tag => new TaggedArticles([.. tag.Select(c => c.ArticleId)], [.. tag.Select(c => c.PublishedAt?.Ticks ?? 0)]));
    }
}
