using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// Brings the comments of a batch's articles into the database, parents before their replies.
/// </summary>
internal sealed class CommentImport(ImportAttempt attempt, AuthorImport authors, TimeProvider clock)
{
    private readonly NewsContext _db = attempt.Db;
    private readonly ImportCount _count = attempt.Summary.Comments;

    public async Task WriteAsync(IReadOnlyList<WrittenArticle> articles, CancellationToken cancellationToken)
    {
        if (articles.Count == 0)
        {
            return;
        }

        var comments = articles.SelectMany(a => CommentThreads.Of(a, _count)).ToList();
        await FindAsync(comments, cancellationToken);
        foreach (var level in comments.GroupBy(c => c.Depth).OrderBy(g => g.Key))
        {
            foreach (var comment in level)
            {
                Write(comment);
            }

            // The next level needs these ids.
            await _db.SaveChangesAsync(cancellationToken);
        }

        await RecountAsync([.. articles.Select(a => a.Article.Id)], cancellationToken);
    }

    private async Task FindAsync(List<ThreadedComment> comments, CancellationToken cancellationToken)
    {
        foreach (var chunk in comments.Chunk(500))
        {
            var keys = chunk.Select(c => c.Key).ToList();
            var known = await _db.Set<Comment>().Where(c => keys.Contains(c.ImportKey!)).ToDictionaryAsync(c => c.ImportKey!, StringComparer.Ordinal, cancellationToken);
            foreach (var comment in chunk)
            {
                comment.Row = known.GetValueOrDefault(comment.Key);
            }
        }
    }

    private void Write(ThreadedComment comment)
    {
        var source = comment.Source;
        var text = comment.Owner.Post.Texts.Comments[source];
        var row = comment.Row;
        if (row is null)
        {
            comment.Row = row = new Comment
            {
                ImportKey = comment.Key,
                ArticleId = comment.Owner.Article.Id,
                AuthorName = "",
                Body = "",
                BodyText = "",
                CreatedAt = clock.GetUtcNow().UtcDateTime,
            };
            _db.Add(row);
            _count.New++;
            Fill(row, comment, text);
            row.Status = Status(source.Approved);
            attempt.News.Wrote(row, null);
        }
        else
        {
            var (before, view) = (FactsOf(row), CommentView.Of(row));
            Fill(row, comment, text);

            // What a moderator removed here stays removed.
            row.Status = row.Status is CommentStatus.Spam or CommentStatus.Trash ? row.Status : Status(source.Approved);
            _count.Existing(changed: before != FactsOf(row));
            attempt.News.Wrote(row, view);
        }
    }

    private void Fill(Comment row, ThreadedComment comment, PreparedComment text)
    {
        var source = comment.Source;
        row.ParentId = comment.Parent?.Row!.Id;
        row.Depth = comment.Depth;
        row.AuthorName = PostContent.ToLine(source.Author) is { Length: > 0 } name ? name : authors.NameOf(source.UserId) ?? "Anonymous";
        row.AuthorEmail = source.Email.Length > 0 ? source.Email : null;
        row.AuthorUrl = Uri.TryCreate(source.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? source.Url : null;
        row.AuthorAddress = source.Address.Length > 0 ? source.Address : null;
        row.CreatedAt = WxrDates.Of(source) ?? row.CreatedAt;
        if (row.EditedAt is null)
        {
            row.Body = text.Body;
            row.BodyText = text.BodyText;
            row.TextHash = text.TextHash;
        }
    }

    private async Task RecountAsync(List<long> articleIds, CancellationToken cancellationToken)
    {
        var visible = _db.Set<Comment>().Where(Comment.IsPublic);
        var threads = _db.ThreadStarts();
        await _db.Set<Article>()
            .Where(a => articleIds.Contains(a.Id)
                && (a.CommentCount != (a.IsProtected ? 0 : visible.Count(c => c.ArticleId == a.Id))
                    || a.ThreadCount != (a.IsProtected ? 0 : threads.Count(c => c.ArticleId == a.Id))))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(a => a.CommentCount, a => a.IsProtected ? 0 : visible.Count(c => c.ArticleId == a.Id))
                    .SetProperty(a => a.ThreadCount, a => a.IsProtected ? 0 : threads.Count(c => c.ArticleId == a.Id)),
                cancellationToken);
        await _db.Set<Comment>()
            .Where(c => articleIds.Contains(c.ArticleId) && c.ReplyCount != visible.Count(r => r.ParentId == c.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ReplyCount, c => visible.Count(r => r.ParentId == c.Id)), cancellationToken);
    }

    private static (long?, int, CommentStatus, string, string?, string?, string?, string, DateTime) FactsOf(Comment row) =>
        (row.ParentId, row.Depth, row.Status, row.AuthorName, row.AuthorEmail, row.AuthorUrl, row.AuthorAddress, row.Body, row.CreatedAt);

    private static CommentStatus Status(string approved) => approved switch
    {
        "1" or "approve" or "approved" => CommentStatus.Approved,
        "spam" => CommentStatus.Spam,
        "trash" or "post-trashed" => CommentStatus.Trash,
        _ => CommentStatus.Pending,
    };
}
