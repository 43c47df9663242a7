using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>An article that was written, with the item it came from.</summary>
internal sealed record WrittenArticle(Article Article, WxrItem Item);

/// <summary>Posts become articles, found again by site and GUID, or by site and post id.</summary>
internal sealed class ArticleImport(
    NewsContext db, WxrSurvey survey, ImportSession session, TermImport terms, AuthorImport authors, ImportNews news, ImportSummary summary, TimeProvider clock)
{
    private readonly HashSet<long> _keysOfFile = [];

    public async Task<List<WrittenArticle>> WriteAsync(SiteIdentity site, IReadOnlyList<WxrItem> items, CancellationToken cancellationToken)
    {
        var pending = new List<(WxrItem Item, string Key, List<string> Tags, string? Author)>();
        foreach (var item in items)
        {
            if (KeyOf(site, item) is { } key)
            {
                pending.Add((item, key, terms.SlugsOf(item), authors.KeyOf(site.Key, item)));
            }
            else
            {
                Skip(item, "listed twice");
            }
        }

        await terms.FlushAsync(cancellationToken);
        await authors.FlushAsync(cancellationToken);
        if (pending.Count == 0)
        {
            return [];
        }

        var keys = pending.Select(p => p.Key).ToList();
        var stored = db.Set<Article>().Where(a => keys.Contains(a.ImportKey!));
        await stored.TakeAsync(cancellationToken);
        var known = await stored.ToDictionaryAsync(a => a.ImportKey!, StringComparer.Ordinal, cancellationToken);
        var links = await ArticleLinks.LoadAsync(db, [.. known.Values.Select(a => a.Id)], cancellationToken);
        var slugs = await SlugRegister.LoadAsync(db, pending.Select(p => ArticleContent.Slug(p.Item)), cancellationToken);
        var writer = new ArticleContent(site, survey, slugs, clock);

        var written = new List<(WrittenArticle Article, List<string> Tags, string? Author, Known? Before)>();
        foreach (var (item, key, tags, author) in pending)
        {
            if (known.TryGetValue(key, out var article))
            {
                if (Outdated(article, item, key) is { } reason)
                {
                    Skip(item, reason);
                    continue;
                }

                var before = new Known(ArticleContent.FactsOf(article), ArticleState.Of(article));
                writer.Write(article, item);
                written.Add((new WrittenArticle(article, item), tags, author, before));
            }
            else
            {
                article = writer.Create(key, item);
                db.Add(article);
                written.Add((new WrittenArticle(article, item), tags, author, null));
            }

            session.AddArticle(key);
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var (entry, tags, author, before) in written)
        {
            var tagIds = tags.ConvertAll(terms.Id);
            var linked = links.Link(entry.Article.Id, tagIds, author is null ? [] : [authors.Id(author)]);
            Count(entry.Article, before, linked, tagIds);
        }

        await db.SaveChangesAsync(cancellationToken);
        return [.. written.Select(w => w.Article)];
    }

    private void Count(Article article, Known? before, bool linked, List<long> tagIds)
    {
        var facts = ArticleContent.FactsOf(article);
        var changed = linked || before?.Facts != facts;

        // The door to the comments has events of its own.
        news.Wrote(article, before?.State, before is not null && (linked || before.Facts with { CommentsOpen = facts.CommentsOpen } != facts));
        if (before is null)
        {
            summary.Articles.New++;
        }
        else
        {
            summary.Articles.Existing(changed);
        }

        if (before is null || changed)
        {
            tagIds.ForEach(terms.Touch);
        }
    }

    // GUIDs are not unique in every export; the post id then tells two items apart.
    private string? KeyOf(SiteIdentity site, WxrItem item)
    {
        var key = item.Guid.Length > 0 ? $"{site.Key}|{item.Guid}" : $"{site.Key}|post:{item.PostId}";
        if (_keysOfFile.Add(ImportSession.Digest(key)))
        {
            return key;
        }

        key = $"{site.Key}|{item.Guid}|post:{item.PostId}";
        return item.PostId > 0 && item.Guid.Length > 0 && _keysOfFile.Add(ImportSession.Digest(key)) ? key : null;
    }

    private string? Outdated(Article article, WxrItem item, string key)
    {
        var modified = ArticleContent.Modified(item);
        return modified < article.ModifiedAt ? "older than what is stored"
            : session.HasArticle(key) && !(modified > article.ModifiedAt) ? "already imported from another file"
            : null;
    }

    private void Skip(WxrItem item, string reason)
    {
        summary.Articles.Skip(reason);
        summary.Comments.Skip($"on an article {reason}", item.Comments.Count);
    }

    /// <summary>What an article was before it was written.</summary>
    private sealed record Known(ArticleContent.Facts Facts, ArticleState State);
}
