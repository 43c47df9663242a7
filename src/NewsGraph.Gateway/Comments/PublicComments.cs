using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>What of the comments readers can see: approved ones under public articles that need no password.</summary>
internal static class PublicComments
{
    /// <summary>Approved comments. Where the article is not known to be readable, use <see cref="ReadableComments"/>.</summary>
    public static IQueryable<Comment> ApprovedComments(this NewsContext db) => db.Set<Comment>().Where(Comment.IsPublic);

    /// <summary>Comments a reader can see, wherever they come from.</summary>
    public static IQueryable<Comment> ReadableComments(this NewsContext db)
    {
        var articles = db.Set<Article>().Where(Article.IsPublic).Where(a => !a.IsProtected);
        return db.ApprovedComments().Where(c => articles.Any(a => a.Id == c.ArticleId));
    }

    /// <summary>
    /// Comments that begin a thread: the first ones, and those whose parent readers cannot see. So the threads hold every
    /// visible comment once.
    /// </summary>
    public static IQueryable<Comment> ThreadStarts(this NewsContext db)
    {
        var visible = db.ApprovedComments();
        return visible.Where(c => c.ParentId == null || !visible.Any(parent => parent.Id == c.ParentId));
    }
}
