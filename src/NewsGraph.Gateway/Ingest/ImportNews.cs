using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// What an import has to tell the feeds: collected while it works, told at the end of its transaction, so that nobody
/// waits for a feed's row longer than the commit takes. A new article is told without its comments: they are history, and
/// nobody can have followed it yet.
/// </summary>
internal sealed class ImportNews
{
    private readonly Dictionary<long, WrittenNews> _batch = [];
    private readonly SortedDictionary<long, List<FeedNews>> _comments = [];
    private readonly List<FeedNews> _articles = [];

    /// <summary>An article was written; its comments follow.</summary>
    /// <param name="article">The article as it is now.</param>
    /// <param name="before">What readers could do with it before; null when it is new.</param>
    /// <param name="changed">Whether something readers see of it is different.</param>
    public void Wrote(Article article, ArticleState? before, bool changed)
    {
        if ((before ?? ArticleState.Absent).Publication(article, changed) is { } news)
        {
            _articles.Add(news);
        }

        if (before is { } state)
        {
            _batch[article.Id] = new WrittenNews(article, state, []);
        }
    }

    /// <summary>A comment was written, parents before their replies.</summary>
    /// <param name="comment">The comment as it is now; its id may still be missing.</param>
    /// <param name="before">What readers saw of it before; null for nothing.</param>
    public void Wrote(Comment comment, CommentView? before)
    {
        FeedEventKind? kind = (before, CommentView.Of(comment)) switch
        {
            (null, not null) => FeedEventKind.CommentAdded,
            (not null, null) => FeedEventKind.CommentRemoved,
            var (was, now) when was != now => FeedEventKind.CommentEdited,
            _ => null,
        };
        if (kind is { } told && _batch.TryGetValue(comment.ArticleId, out var article))
        {
            article.Comments.Add((comment, told));
        }
    }

    /// <summary>Ends a batch, once its comments are written and counted.</summary>
    public async Task SettleAsync(NewsContext db, CancellationToken cancellationToken)
    {
        var written = _batch.Values.Where(w => w.HasNews).ToList();
        var ids = written.ConvertAll(w => w.Article.Id);
        var counts = await db.Set<Article>().Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.CommentCount })
            .ToDictionaryAsync(a => a.Id, a => a.CommentCount, cancellationToken);
        foreach (var article in written)
        {
            _comments[article.Article.Id] = article.Told(counts[article.Article.Id]);
        }

        _batch.Clear();
    }

    /// <summary>Tells the feeds; the last the transaction does.</summary>
    public async Task TellAsync(WriteScope scope, FeedLog feeds, DateTime at, CancellationToken cancellationToken)
    {
        foreach (var (articleId, news) in _comments)
        {
            await feeds.AppendAsync(scope, FeedNames.OfArticle(articleId), news, at, cancellationToken);
        }

        await feeds.AppendAsync(scope, FeedNames.Articles, _articles, at, cancellationToken);
    }

    private sealed record WrittenNews(Article Article, ArticleState Before, List<(Comment Comment, FeedEventKind Kind)> Comments)
    {
        public bool HasNews => Comments.Count > 0 || Before != ArticleState.Of(Article);

        /// <summary>The events in order, each with the count it leaves; the last leaves what was counted in the end.</summary>
        public List<FeedNews> Told(int commentCount)
        {
            var readable = ArticleState.Of(Article).IsReadable;
            var told = new List<FeedNews>();
            if (Before.Commenting(Article, commentCount) is { } commenting)
            {
                told.Add(commenting);
            }

            var count = commentCount;
            foreach (var (comment, kind) in Comments.AsEnumerable().Reverse())
            {
                told.Add(new FeedNews(kind, comment.Id, readable ? count : 0));
                count -= kind switch
                {
                    FeedEventKind.CommentAdded => 1,
                    FeedEventKind.CommentRemoved => -1,
                    _ => 0,
                };
            }

            told.Reverse();
            return told;
        }
    }
}

/// <summary>What readers see of a comment.</summary>
internal sealed record CommentView(long? ParentId, string AuthorName, string? AuthorUrl, string Body, DateTime CreatedAt)
{
    /// <summary>Null when they see nothing of it.</summary>
    public static CommentView? Of(Comment comment) => comment.Status == CommentStatus.Approved
        ? new CommentView(comment.ParentId, comment.AuthorName, comment.AuthorUrl, comment.Body, comment.CreatedAt)
        : null;
}
