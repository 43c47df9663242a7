using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Articles;

/// <summary>
/// What the events of articles tell. One that readers cannot read any more is told as withdrawn, for the reason there is
/// now; a withdrawal of one that came back tells nothing, since the event that brought it back follows.
/// </summary>
internal sealed class ArticleFeedContent(IDbContextFactory<NewsContext> databases) : IFeedContent
{
    public IReadOnlyCollection<FeedEventKind> Kinds { get; } =
        [FeedEventKind.ArticlePublished, FeedEventKind.ArticleUpdated, FeedEventKind.ArticleWithdrawn];

    public bool Hides(FeedEventKind kind) => kind != FeedEventKind.ArticlePublished;

    public async Task<IReadOnlyDictionary<long, object>> ReadAsync(IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken)
    {
        var ids = entries.Select(e => e.Event.SubjectId).Distinct().ToArray();
        await using var db = databases.CreateDbContext();
        var stored = db.Set<Article>().Where(a => ids.Contains(a.Id));
        var articles = await stored.ToDictionaryAsync(a => a.Id, cancellationToken);
        var tags = (await stored.SelectMany(a => a.Tags, (article, tag) => new { article.Id, tag.Slug }).ToListAsync(cancellationToken))
            .ToLookup(t => t.Id, t => t.Slug);

        var told = new Dictionary<long, object>(entries.Count);
        foreach (var (item, position) in entries)
        {
            if (Tell(item, position, articles.GetValueOrDefault(item.SubjectId), [.. tags[item.SubjectId]]) is { } value)
            {
                told.Add(item.Number, value);
            }
        }

        return told;
    }

    private static ArticleFeedEvent? Tell(FeedEvent item, string position, Article? article, IReadOnlyList<string> tags) =>
        article is null || !ArticleState.Of(article).IsReadable
            ? new ArticleWithdrawn(item.SubjectId, ReasonOf(article), position, tags)
            : item.Kind switch
            {
                FeedEventKind.ArticlePublished => new ArticlePublished(article, position, tags),
                FeedEventKind.ArticleUpdated => new ArticleUpdated(article, position, tags),
                _ => null,
            };

    private static ArticleWithdrawnReason ReasonOf(Article? article) => article?.Status switch
    {
        ArticleStatus.Draft or ArticleStatus.Pending or ArticleStatus.Scheduled => ArticleWithdrawnReason.Unpublished,
        ArticleStatus.Private => ArticleWithdrawnReason.Private,
        ArticleStatus.Published => ArticleWithdrawnReason.Protected,
        _ => ArticleWithdrawnReason.Removed,
    };
}
