using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Content;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>Users become authors, found again by site and login. Their email addresses are not taken over.</summary>
internal sealed class AuthorImport
{
    private readonly Dictionary<string, Wanted> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _names = [];
    private readonly HashSet<string> _tooLong = new(StringComparer.Ordinal);

    public void Declare(string site, WxrAuthor author, ImportCount count)
    {
        if (author.Login.Length == 0)
        {
            count.Skip("without a login");
            return;
        }

        var fullName = $"{author.FirstName} {author.LastName}".Trim();
        var name = author.DisplayName.Length > 0 ? author.DisplayName : fullName.Length > 0 ? fullName : author.Login;
        if (IsTooLong(site, author.Login, name, count))
        {
            return;
        }

        var bio = HtmlCleaner.ToText(author.Description);
        Want(site, author.Login, new Wanted(author.Login, PostContent.ToLine(name), bio.Length > 0 ? bio : null, Declared: true));
        if (author.Id > 0)
        {
            _names.TryAdd(author.Id, name);
        }
    }

    /// <summary>The key of an item's author, who is made when not declared; null when the item names none that can be.</summary>
    public string? KeyOf(string site, WxrItem item, ImportCount count) =>
        item.Creator.Length > 0 && !IsTooLong(site, item.Creator, item.Creator, count) ? Want(site, item.Creator, new Wanted(item.Creator, item.Creator, null, Declared: false)) : null;

    public long Id(string key) => _written.TryGetValue(key, out var id) ? id : _ids[key];

    /// <summary>The name of the user with that number at the source; null when not declared.</summary>
    public string? NameOf(long userId) => _names.GetValueOrDefault(userId);

    /// <summary>How many authors wait to be written.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Brings the authors asked for into the database.</summary>
    public async Task WriteAsync(ImportAttempt attempt, CancellationToken cancellationToken)
    {
        var db = attempt.Db;
        _written.Clear();
        foreach (var chunk in _waiting.Chunk(500))
        {
            var keys = chunk.Select(w => w.Key).ToList();
            var known = await db.Set<Author>().Where(a => keys.Contains(a.ImportKey!)).ToDictionaryAsync(a => a.ImportKey!, StringComparer.Ordinal, cancellationToken);
            foreach (var (key, wanted) in chunk)
            {
                await ApplyAsync(attempt, key, wanted, known, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            foreach (var (key, author) in known)
            {
                _written[key] = author.Id;
            }
        }

        db.ChangeTracker.Clear();
    }

    /// <summary>The batch is durable.</summary>
    public void Keep()
    {
        foreach (var (key, id) in _written)
        {
            _ids[key] = id;
        }

        _waiting.Clear();
    }

    // Counted once, however many articles name the author.
    private bool IsTooLong(string site, string login, string name, ImportCount count)
    {
        if (IndexedText.Fits($"{site}|{login}") && IndexedText.Fits(name))
        {
            return false;
        }

        if (_tooLong.Add(login))
        {
            count.Skip(IndexedText.With("name"));
        }

        return true;
    }

    private string Want(string site, string login, Wanted wanted)
    {
        var key = $"{site}|{login.ToLowerInvariant()}";
        if (!_ids.ContainsKey(key))
        {
            _waiting.TryAdd(key, wanted);
        }

        return key;
    }

    private static async Task ApplyAsync(ImportAttempt attempt, string key, Wanted wanted, Dictionary<string, Author> known, CancellationToken cancellationToken)
    {
        var count = attempt.Summary.Authors;
        var isFirst = attempt.Session.AddAuthor(key);
        if (!known.TryGetValue(key, out var author))
        {
            var slug = Slugs.Of(wanted.Login, wanted.Name, "author");
            var taken = await attempt.Db.Set<Author>().Where(a => a.Slug.StartsWith(slug)).Select(a => a.Slug).ToListAsync(cancellationToken);
            taken.AddRange(known.Values.Select(a => a.Slug));
            known[key] = author = new Author { ImportKey = key, Name = wanted.Name, Slug = Slugs.Free(slug, taken.Contains), Bio = wanted.Bio };
            attempt.Db.Add(author);
            count.New++;
        }
        else if (!isFirst || !wanted.Declared)
        {
            count.Unchanged++;
        }
        else
        {
            var bio = wanted.Bio ?? author.Bio;
            count.Existing(changed: author.Name != wanted.Name || author.Bio != bio);
            (author.Name, author.Bio) = (wanted.Name, bio);
        }
    }

    private sealed record Wanted(string Login, string Name, string? Bio, bool Declared);
}
