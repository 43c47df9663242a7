using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Content;
using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Ingest;

/// <summary>Categories and tags become tags; equal slugs are one tag.</summary>
internal sealed class TermImport
{
    private readonly Dictionary<string, (string Name, string? Description, bool Declared)> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _recounts = [];
    private readonly HashSet<string> _tooLong = new(StringComparer.Ordinal);

    public int Waiting => _waiting.Count;

    public void Declare(WxrTerm term, ImportCount count)
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

        if (IsTooLong(slug, term.Name, count))
        {
            return;
        }

        var description = HtmlCleaner.ToText(term.Description);
        Want(slug, term.Name, description.Length > 0 ? description : null, declared: true);
    }

    /// <summary>The slugs of an item's categories and tags, in its order; tags that were not declared are made.</summary>
    public List<string> SlugsOf(WxrItem item, ImportCount count)
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
            if (slug.Length > 0 && !slugs.Contains(slug) && !IsTooLong(slug, term.Name, count))
            {
                slugs.Add(slug);
                Want(slug, term.Name, null, declared: false);
            }
        }

        return slugs;
    }

    public long Id(string slug) => _written.TryGetValue(slug, out var id) ? id : _ids[slug];

    /// <summary>Notes which tags list an article more, or no longer, or in another place.</summary>
    public void Recount(IEnumerable<long> listedBefore, IEnumerable<long> listedNow, bool moved)
    {
        var (before, now) = (listedBefore.ToHashSet(), listedNow.ToHashSet());
        foreach (var tagId in now.Except(before))
        {
            _recounts[tagId] = _recounts.GetValueOrDefault(tagId) + 1;
        }

        foreach (var tagId in before.Except(now))
        {
            _recounts[tagId] = _recounts.GetValueOrDefault(tagId) - 1;
        }

        foreach (var tagId in moved ? now.Intersect(before) : [])
        {
            _recounts.TryAdd(tagId, 0);
        }
    }

    /// <summary>Brings the tags asked for into the database.</summary>
    public async Task WriteAsync(ImportAttempt attempt, CancellationToken cancellationToken)
    {
        var db = attempt.Db;
        _written.Clear();
        _recounts.Clear();
        foreach (var chunk in _waiting.Chunk(500))
        {
            var slugs = chunk.Select(w => w.Key).ToList();
            var known = await db.Set<Tag>().Where(t => slugs.Contains(t.Slug)).ToDictionaryAsync(t => t.Slug, StringComparer.Ordinal, cancellationToken);
            foreach (var (slug, wanted) in chunk)
            {
                Apply(attempt, slug, wanted.Name, wanted.Description, wanted.Declared, known);
            }

            await db.SaveChangesAsync(cancellationToken);
            foreach (var tag in known.Values)
            {
                _written[tag.Slug] = tag.Id;
            }
        }

        db.ChangeTracker.Clear();
    }

    /// <summary>
    /// Counts the articles that tags list since the batch began, and says that what they list has changed; the tags in one
    /// order for every writer.
    /// </summary>
    public async Task RecountAsync(NewsContext db, CancellationToken cancellationToken)
    {
        foreach (var (tagId, difference) in _recounts.OrderBy(r => r.Key))
        {
            await db.Set<Tag>().Where(t => t.Id == tagId).ExecuteUpdateAsync(
                set => set.SetProperty(t => t.ArticleCount, t => t.ArticleCount + difference).SetProperty(t => t.Revision, t => t.Revision + 1),
                cancellationToken);
        }
    }

    /// <summary>The batch is durable.</summary>
    public void Keep()
    {
        foreach (var (slug, id) in _written)
        {
            _ids[slug] = id;
        }

        _waiting.Clear();
    }

    private void Want(string slug, string name, string? description, bool declared)
    {
        if (!_ids.ContainsKey(slug))
        {
            _waiting.TryAdd(slug, (Clean(name, slug), description, declared));
        }
    }

    // Counted once, however many articles carry it.
    private bool IsTooLong(string slug, string name, ImportCount count)
    {
        if (IndexedText.Fits(name))
        {
            return false;
        }

        if (_tooLong.Add(slug))
        {
            count.Skip(IndexedText.With("name"));
        }

        return true;
    }

    private void Apply(ImportAttempt attempt, string slug, string name, string? description, bool declared, Dictionary<string, Tag> known)
    {
        var count = attempt.Summary.Tags;
        var isFirst = attempt.Session.AddTag(slug);
        if (!known.TryGetValue(slug, out var tag))
        {
            known[slug] = tag = new Tag { Slug = slug, Name = name, Description = description };
            attempt.Db.Add(tag);
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
            if (tag.Name != name)
            {
                _recounts.TryAdd(tag.Id, 0);
            }

            (tag.Name, tag.Description) = (name, description);
        }
    }

    private static string Clean(string name, string slug) => PostContent.ToLine(name) is { Length: > 0 } clean ? clean : slug;
}
