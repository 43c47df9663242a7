using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Content;
using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Ingest;

/// <summary>Categories and tags become tags; equal slugs are one tag.</summary>
internal sealed class TermImport(NewsContext db, ImportSession session, ImportCount count)
{
    private readonly Dictionary<string, (string Name, string? Description, bool Declared)> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<long> _touched = [];

    public int Waiting => _waiting.Count;

    public void Declare(WxrTerm term)
    {
        if (term.Taxonomy is not ("category" or "post_tag"))
        {
            count.Skip($"of taxonomy {(term.Taxonomy.Length > 0 ? term.Taxonomy : "(none)")}");
            return;
        }

        var slug = Slugs.Of(term.Slug, term.Name, "");
        if (slug.Length == 0)
        {
            count.Skip("without a name");
            return;
        }

        var description = HtmlCleaner.ToText(term.Description);
        Want(slug, term.Name, description.Length > 0 ? description : null, declared: true);
    }

    /// <summary>The slugs of an item's categories and tags, in its order; tags that were not declared are made.</summary>
    public List<string> SlugsOf(WxrItem item)
    {
        var slugs = new List<string>();
        foreach (var term in item.Terms.Where(t => t.Taxonomy is "category" or "post_tag"))
        {
            // The one without a slug is a copy for feed readers when the same name is there with one.
            if (term.Slug.Length == 0 && item.Terms.Any(t => t.Slug.Length > 0 && t.Taxonomy == term.Taxonomy && t.Name == term.Name))
            {
                continue;
            }

            var slug = Slugs.Of(term.Slug, term.Name, "");
            if (slug.Length > 0 && !slugs.Contains(slug))
            {
                slugs.Add(slug);
                Want(slug, term.Name, null, declared: false);
            }
        }

        return slugs;
    }

    public long Id(string slug) => _ids[slug];

    /// <summary>That articles with this tag may have been added or changed.</summary>
    public void Touch(long tagId) => _touched.Add(tagId);

    /// <summary>Brings the tags asked for into the database.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var chunk in _waiting.Chunk(500))
        {
            var slugs = chunk.Select(w => w.Key).ToList();
            var known = await db.Set<Tag>().Where(t => slugs.Contains(t.Slug)).ToDictionaryAsync(t => t.Slug, StringComparer.Ordinal, cancellationToken);
            foreach (var (slug, wanted) in chunk)
            {
                Apply(slug, wanted.Name, wanted.Description, wanted.Declared, known);
            }

            await db.SaveChangesAsync(cancellationToken);
            foreach (var tag in known.Values)
            {
                _ids[tag.Slug] = tag.Id;
            }
        }

        _waiting.Clear();
        db.ChangeTracker.Clear();
    }

    /// <summary>Counts the published articles of the tags that were touched.</summary>
    public async Task RecountAsync(CancellationToken cancellationToken)
    {
        foreach (var ids in _touched.Chunk(500))
        {
            await db.Set<Tag>().Where(t => ids.Contains(t.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(
                    t => t.ArticleCount,
                    t => db.Set<ArticleTag>().Count(l => l.TagId == t.Id && db.Set<Article>().Where(Article.IsPublic).Any(a => a.Id == l.ArticleId))),
                cancellationToken);
        }
    }

    private void Want(string slug, string name, string? description, bool declared)
    {
        if (!_ids.ContainsKey(slug))
        {
            _waiting.TryAdd(slug, (Clean(name, slug), description, declared));
        }
    }

    private void Apply(string slug, string name, string? description, bool declared, Dictionary<string, Tag> known)
    {
        var isFirst = session.AddTag(slug);
        if (!known.TryGetValue(slug, out var tag))
        {
            known[slug] = tag = new Tag { Slug = slug, Name = name, Description = description };
            db.Add(tag);
            count.New++;
        }
        else if (!isFirst || !declared)
        {
            count.Unchanged++;
        }
        else
        {
            description ??= tag.Description;
            count.Existing(changed: tag.Name != name || tag.Description != description);
            (tag.Name, tag.Description) = (name, description);
        }
    }

    private static string Clean(string name, string slug) => PostContent.ToLine(name) is { Length: > 0 } clean ? clean : slug;
}
