using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>The tags and bylines of a batch's articles. Links are added and put in order, never taken away.</summary>
internal sealed class ArticleLinks(NewsContext db, ILookup<long, ArticleTag> tags, ILookup<long, ArticleAuthor> authors)
{
    public static async Task<ArticleLinks> LoadAsync(NewsContext db, IReadOnlyList<long> articleIds, CancellationToken cancellationToken) => new(
        db,
        (await db.Set<ArticleTag>().Where(l => articleIds.Contains(l.ArticleId)).ToListAsync(cancellationToken)).ToLookup(l => l.ArticleId),
        (await db.Set<ArticleAuthor>().Where(l => articleIds.Contains(l.ArticleId)).ToListAsync(cancellationToken)).ToLookup(l => l.ArticleId));

    /// <summary>The tags an article had when the links were loaded.</summary>
    public IEnumerable<long> TagIds(long articleId) => tags[articleId].Select(l => l.TagId);

    /// <summary>True when something was added or moved.</summary>
    public bool Link(Article article, IReadOnlyList<long> tagIds, IReadOnlyList<long> authorIds)
    {
        var (articleId, changed) = (article.Id, false);
        foreach (var link in tags[articleId])
        {
            link.ListedAt = article.ListedAt;
        }

        foreach (var link in authors[articleId])
        {
            link.ListedAt = article.ListedAt;
        }

        for (var position = 0; position < tagIds.Count; position++)
        {
            var link = tags[articleId].FirstOrDefault(l => l.TagId == tagIds[position]);
            changed |= link is null || link.Position != position;
            if (link is null)
            {
                db.Add(new ArticleTag { ArticleId = articleId, TagId = tagIds[position], Position = position, ListedAt = article.ListedAt });
            }
            else
            {
                link.Position = position;
            }
        }

        for (var position = 0; position < authorIds.Count; position++)
        {
            var link = authors[articleId].FirstOrDefault(l => l.AuthorId == authorIds[position]);
            changed |= link is null || link.Position != position;
            if (link is null)
            {
                db.Add(new ArticleAuthor { ArticleId = articleId, AuthorId = authorIds[position], Position = position, ListedAt = article.ListedAt });
            }
            else
            {
                link.Position = position;
            }
        }

        return changed;
    }
}
