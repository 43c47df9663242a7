using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;

namespace NewsGraph.Gateway.Ingest;

/// <summary>An article that was written, with the post it came from.</summary>
internal sealed record WrittenArticle(Article Article, PreparedPost Post);

/// <summary>Posts become articles, found again by site and GUID, or by site and post id.</summary>
internal sealed class ArticleImport(
    ImportAttempt attempt, SiteIdentity site, ImportImages images, TermImport terms, AuthorImport authors, TimeProvider clock)
{
    /// <summary>Takes the rows of the articles that are there already; before anything of the batch is written.</summary>
    public static async Task TakeAsync(ImportAttempt attempt, IReadOnlyList<PreparedPost> posts, CancellationToken cancellationToken)
    {
        var keys = posts.Select(p => p.Key).ToList();
        var ids = await attempt.Db.Set<Article>().Where(a => keys.Contains(a.ImportKey!)).Select(a => a.Id).ToListAsync(cancellationToken);
        await attempt.Scope.TakeArticlesAsync(ids, cancellationToken);
    }

    /// <summary>How many articles more readers can see; fewer when negative.</summary>
    public int Difference { get; private set; }

    public async Task<List<WrittenArticle>> WriteAsync(IReadOnlyList<PreparedPost> posts, CancellationToken cancellationToken)
    {
        if (posts.Count == 0)
        {
            return [];
        }

        var db = attempt.Db;
        var keys = posts.Select(p => p.Key).ToList();
        var known = await db.Set<Article>().Where(a => keys.Contains(a.ImportKey!)).ToDictionaryAsync(a => a.ImportKey!, StringComparer.Ordinal, cancellationToken);
        var links = await ArticleLinks.LoadAsync(db, [.. known.Values.Select(a => a.Id)], cancellationToken);
        var slugs = await SlugRegister.LoadAsync(db, posts.Select(p => ArticleContent.Slug(p.Item)), cancellationToken);
        var writer = new ArticleContent(site, images, slugs, clock);

        var written = new List<(WrittenArticle Article, Known? Before)>();
        foreach (var post in posts)
        {
            if (known.TryGetValue(post.Key, out var article))
            {
                if (Outdated(article, post) is { } reason)
                {
                    attempt.Summary.SkipArticle(post.Item, reason);
                    continue;
                }

                var before = new Known(ArticleContent.FactsOf(article), ArticleState.Of(article));
                writer.Write(article, post);
                written.Add((new WrittenArticle(article, post), before));
            }
            else
            {
                article = writer.Create(post);
                db.Add(article);
                written.Add((new WrittenArticle(article, post), null));
            }

            attempt.Session.AddArticle(post.Key);
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var ((article, post), before) in written)
        {
            var tagIds = post.Tags.ConvertAll(terms.Id);
            var listedBefore = before?.Facts.Status == ArticleStatus.Published ? links.TagIds(article.Id) : [];
            var listedNow = article.Status == ArticleStatus.Published ? links.TagIds(article.Id).Union(tagIds) : [];
            Difference += (article.Status == ArticleStatus.Published ? 1 : 0) - (before?.Facts.Status == ArticleStatus.Published ? 1 : 0);
            terms.Recount(listedBefore, listedNow, moved: before?.Facts.PublishedAt != article.PublishedAt);
            Count(article, before, links.Link(article, tagIds, post.Author is null ? [] : [authors.Id(post.Author)]));
        }

        await db.SaveChangesAsync(cancellationToken);
        return [.. written.Select(w => w.Article)];
    }

    private void Count(Article article, Known? before, bool linked)
    {
        var facts = ArticleContent.FactsOf(article);

        // The door to the comments has events of its own.
        attempt.News.Wrote(article, before?.State, before is not null && (linked || before.Facts with { CommentsOpen = facts.CommentsOpen } != facts));
        if (before is null)
        {
            attempt.Summary.Articles.New++;
        }
        else
        {
            attempt.Summary.Articles.Existing(linked || before.Facts != facts);
        }
    }

    private string? Outdated(Article article, PreparedPost post)
    {
        var modified = ArticleContent.Modified(post.Item);
        return modified < article.ModifiedAt ? "older than what is stored"
            : attempt.Session.HasArticle(post.Key) && !(modified > article.ModifiedAt) ? "already imported from another file"
            : null;
    }

    /// <summary>What an article was before it was written.</summary>
    private sealed record Known(ArticleContent.Facts Facts, ArticleState State);
}
