using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Numerics;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// The newest public articles of each tag, kept between requests. What is kept holds for one <see cref="Tag.Revision"/>,
/// which every reader sees with the tag itself; so nothing outdated is ever used, on whichever node a change was made.
/// Safe for concurrent use.
/// </summary>
internal sealed class NewestOfTags(NewsReader reader)
{
    /// <summary>
    /// Of a popular tag only the newest articles are looked at, which bounds the work. The price: an older article that
    /// shares nothing but popular tags can be missed, even when it shares several.
    /// </summary>
    private const int PerTag = 500;

    // A statement walks through this many tags at most; one for each power of two is prepared.
    private const int PerStatement = 16;

    // 16 bytes each: 32 MB, or the newest articles of 4,000 tags that have so many.
    private const int MaxKept = 2_000_000;

    private readonly ConcurrentDictionary<long, (long Revision, TaggedArticles Articles)> _kept = new();
    private int _count;

    /// <summary>The newest articles of each tag; read with one statement for every sixteen that are not kept.</summary>
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
        var read = new Dictionary<long, TaggedArticles>(tagIds.Count);
        foreach (var some in tagIds.Chunk(PerStatement))
        {
            // What is left of a statement's places walks through the last tag once more.
            var places = (int)BitOperations.RoundUpToPowerOf2((uint)some.Length);
            object[] values = [PerTag, .. some, .. Enumerable.Repeat(some[^1], places - some.Length)];
            var links = await reader.ReadAsync(new Walk(places), Demand.None, values, Walks, narrowing: null, cancellationToken);
            foreach (var tag in links.GroupBy(link => link.TagId))
            {
                var newest = tag.DistinctBy(link => link.ArticleId).OrderByDescending(link => link.ListedAt).ThenByDescending(link => link.ArticleId).ToList();
                read.Add(tag.Key, new TaggedArticles([.. newest.Select(link => link.ArticleId)], [.. newest.Select(link => link.ListedAt?.Ticks ?? 0)]));
            }
        }

        return read;
    }

    // Each tag's links by their index and no further. Numbering the links of all tags at once would read every one of them.
    private static IQueryable<Link> Walks(NewsContext db, QueryValues values) =>
        Enumerable.Range(1, values.Values.Count - 1)
            .Select(place => Newest(db, values.At<long>(place), values.At<int>(0)))
            .Aggregate(Queryable.Concat)
            .Select(link => new Link { TagId = link.TagId, ArticleId = link.ArticleId, ListedAt = link.ListedAt });

    private static IQueryable<ArticleTag> Newest(NewsContext db, Expression tag, Expression count)
    {
        var link = Expression.Parameter(typeof(ArticleTag), "link");
        var hasTag = Expression.Lambda<Func<ArticleTag, bool>>(Expression.Equal(Expression.Property(link, nameof(ArticleTag.TagId)), tag), link);
        var ordered = db.Set<ArticleTag>().Where(hasTag).Where(l => l.ListedAt != null)
            .Join(db.Set<Article>().Where(Article.IsPublic), l => l.ArticleId, a => a.Id, (l, a) => l)
            .OrderByDescending(l => l.ListedAt).ThenByDescending(l => l.ArticleId);
        return ordered.Provider.CreateQuery<ArticleTag>(
            Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(ArticleTag)], ordered.Expression, count));
    }

    private sealed class Link
    {
        public long TagId { get; init; }

        public long ArticleId { get; init; }

        public DateTime? ListedAt { get; init; }
    }

    /// <summary>What tells one of the statements from another.</summary>
    private sealed record Walk(int Places);
}
