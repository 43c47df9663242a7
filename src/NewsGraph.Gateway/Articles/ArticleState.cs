using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Gateway.Articles;

/// <summary>What readers may do with an article. Compared before and after a change it says what the feeds tell.</summary>
/// <param name="IsReadable">Whether its text and comments are served: published, and no password needed.</param>
/// <param name="TakesComments">Whether readers may comment.</param>
internal readonly record struct ArticleState(bool IsReadable, bool TakesComments)
{
    /// <summary>The state of an article that is not there yet.</summary>
    public static readonly ArticleState Absent;

    public static ArticleState Of(Article article)
    {
        var readable = article is { Status: ArticleStatus.Published, IsProtected: false };
        return new ArticleState(readable, readable && article.CommentsOpen);
    }

    /// <summary>What the feed of all articles tells of a change; null for nothing.</summary>
    /// <param name="article">The article after the change.</param>
    /// <param name="changed">Whether something readers see of it is different.</param>
    public FeedNews? Publication(Article article, bool changed)
    {
        FeedEventKind? kind = (IsReadable, Of(article).IsReadable) switch
        {
            (false, true) => FeedEventKind.ArticlePublished,
            (true, false) => FeedEventKind.ArticleWithdrawn,
            (true, true) when changed => FeedEventKind.ArticleUpdated,
            _ => null,
        };
        return kind is { } told ? new FeedNews(told, article.Id, 0) : null;
    }

    /// <summary>
    /// What the article's own feed tells; null for nothing. An article that comes or goes says so there, too, with its
    /// count of comments, even when the door to them does not move.
    /// </summary>
    /// <param name="article">The article after the change.</param>
    /// <param name="commentCount">Its comments after the change.</param>
    public FeedNews? Commenting(Article article, int commentCount)
    {
        var now = Of(article);
        return this == now
            ? null
            : new FeedNews(now.TakesComments ? FeedEventKind.CommentsOpened : FeedEventKind.CommentsClosed, article.Id, now.IsReadable ? commentCount : 0);
    }
}
