using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Testing.Gateway;

/// <summary>Puts news into a test's database, with the counts that the gateway's own acts would keep.</summary>
public sealed class SampleNews(NewsContext db)
{
    /// <summary>When the first article was published; each further one a day later.</summary>
    public static readonly DateTime Start = new(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc);

    private int _articles;
    private int _comments;

    public async Task<Tag> TagAsync(string name)
    {
        var tag = new Tag { Name = name, Slug = name.ToLowerInvariant() };
        db.Add(tag);
        await db.SaveChangesAsync();
        return tag;
    }

    public async Task<Author> AuthorAsync(string name)
    {
        var author = new Author { Name = name, Slug = name.ToLowerInvariant() };
        db.Add(author);
        await db.SaveChangesAsync();
        return author;
    }

    public Task<Article> ArticleAsync(params Tag[] tags) => ArticleAsync(_ => { }, tags);

    public async Task<Article> ArticleAsync(Action<Article> change, params Tag[] tags)
    {
        var number = ++_articles;
        var article = new Article
        {
            Slug = string.Create(CultureInfo.InvariantCulture, $"article-{number}"),
            Title = string.Create(CultureInfo.InvariantCulture, $"Article {number:000}"),
            Body = "<p>The text.</p>",
            BodyText = "The text.",
            Status = ArticleStatus.Published,
            PublishedAt = Start.AddDays(number - 1),
            ModifiedAt = Start.AddDays(number - 1),
            CommentsOpen = true,
        };
        change(article);
        article.Tags.AddRange(tags);
        foreach (var tag in tags.Where(_ => article.Status == ArticleStatus.Published))
        {
            tag.ArticleCount++;
            tag.Revision++;
            db.Update(tag);
        }

        db.Add(article);
        await db.SaveChangesAsync();
        if (article.Status == ArticleStatus.Published)
        {
            await db.Set<ArticleTotals>().ExecuteUpdateAsync(set => set.SetProperty(t => t.PublicCount, t => t.PublicCount + 1));
        }

        if (article.Status == ArticleStatus.Published && (tags.Length > 0 || article.Authors.Count > 0))
        {
            var listedAt = article.PublishedAt;
            await db.Set<ArticleTag>().Where(link => link.ArticleId == article.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(link => link.ListedAt, listedAt));
            await db.Set<ArticleAuthor>().Where(link => link.ArticleId == article.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(link => link.ListedAt, listedAt));
        }

        return article;
    }

    public async Task<Comment> CommentAsync(Article article, Comment? parent = null, CommentStatus status = CommentStatus.Approved)
    {
        var number = ++_comments;
        var text = string.Create(CultureInfo.InvariantCulture, $"Comment {number}");
        var comment = new Comment
        {
            ArticleId = article.Id,
            ParentId = parent?.Id,
            Depth = (parent?.Depth ?? 0) + 1,
            Status = status,
            AuthorName = "Ada",
            AuthorEmail = "private@example.com",
            AuthorAddress = "192.0.2.77",
            Body = $"<p>{text}</p>",
            BodyText = text,
            CreatedAt = Start.AddMinutes(number),
            TextHash = CommentText.Hash(text),
        };
        db.Add(comment);
        if (status == CommentStatus.Approved)
        {
            article.CommentCount++;
            article.ThreadCount += parent is { Status: CommentStatus.Approved } ? 0 : 1;
            if (parent is not null)
            {
                parent.ReplyCount++;
            }
        }

        await db.SaveChangesAsync();
        return comment;
    }
}
