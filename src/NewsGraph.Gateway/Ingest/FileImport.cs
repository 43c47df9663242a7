using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// Imports one file in batches, each in a transaction of its own: memory holds a few hundred items at most, and whoever
/// else writes waits for a batch and not for the file.
/// </summary>
internal sealed class FileImport(BatchWriter write, FeedLog feeds, ImportImages images, ImportSession session, TimeProvider clock)
{
    private const int BatchItems = 200;
    private const int BatchComments = 2_000;
    private const int BatchCharacters = 8_000_000;
    private const int BatchTerms = 2_000;

    private readonly ImportSummary _summary = new();
    private readonly TermImport _terms = new();
    private readonly AuthorImport _authors = new();
    private readonly HashSet<long> _keys = [];
    private readonly List<PreparedPost> _batch = [];
    private SiteIdentity _site = new("", null, "");
    private int _batchComments;
    private int _batchCharacters;

    public async Task<ImportSummary> RunAsync(WxrSource source, CancellationToken cancellationToken)
    {
        await foreach (var (record, texts) in PreparedRecord.ReadAsync(source, cancellationToken))
        {
            switch (record)
            {
                case WxrSite site:
                    _site = SiteIdentity.Of(site, source.File);
                    break;
                case WxrAuthor author:
                    _authors.Declare(_site.Key, author, _summary.Authors);
                    break;
                case WxrTerm term:
                    _terms.Declare(term, _summary.Tags);
                    break;
                case WxrItem item:
                    Add(item, texts!);
                    break;
            }

            if (_batch.Count >= BatchItems || _batchComments >= BatchComments || _batchCharacters >= BatchCharacters || _terms.Waiting >= BatchTerms)
            {
                await FlushAsync(cancellationToken);
            }
        }

        await FlushAsync(cancellationToken);
        return _summary;
    }

    private void Add(WxrItem item, PreparedTexts texts)
    {
        if (item.PostType is not ("post" or ""))
        {
            _summary.Articles.Skip(item.PostType);
            _summary.Comments.Skip($"on {item.PostType}", item.Comments.Count);
        }
        else if (item.Status == "auto-draft")
        {
            _summary.Articles.Skip("auto-draft");
        }
        else if (KeyOf(item) is { } key)
        {
            if (IndexedText.RefusalOf(item, key) is { } refusal)
            {
                _summary.SkipArticle(item, refusal);
                return;
            }

            _batch.Add(new PreparedPost(item, key, _terms.SlugsOf(item, _summary.Tags), _authors.KeyOf(_site.Key, item, _summary.Authors), texts));
            _batchComments += item.Comments.Count;
            _batchCharacters += item.Content.Length;
        }
        else
        {
            _summary.SkipArticle(item, "listed twice");
        }
    }

    // GUIDs are not unique in every export; the post id then tells two items apart.
    private string? KeyOf(WxrItem item)
    {
        var key = item.Guid.Length > 0 ? $"{_site.Key}|{item.Guid}" : $"{_site.Key}|post:{item.PostId}";
        if (_keys.Add(ImportSession.Digest(key)))
        {
            return key;
        }

        key = $"{_site.Key}|{item.Guid}|post:{item.PostId}";
        return item.PostId > 0 && item.Guid.Length > 0 && _keys.Add(ImportSession.Digest(key)) ? key : null;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0 && _terms.Waiting == 0 && _authors.Waiting == 0)
        {
            return;
        }

        var attempt = await write(
            async scope =>
            {
                var attempt = new ImportAttempt(scope, session);
                await WriteAsync(attempt, cancellationToken);
                return attempt;
            },
            cancellationToken);

        _summary.Add(attempt.Summary);
        attempt.Session.Keep();
        _terms.Keep();
        _authors.Keep();
        _batch.Clear();
        _batchComments = _batchCharacters = 0;
    }

    private async Task WriteAsync(ImportAttempt attempt, CancellationToken cancellationToken)
    {
        // One at a time, on whatever node: two would make the same tags, authors and slugs.
        await attempt.Scope.LockAsync("import", cancellationToken);
        await ArticleImport.TakeAsync(attempt, _batch, cancellationToken);
        await _terms.WriteAsync(attempt, cancellationToken);
        await _authors.WriteAsync(attempt, cancellationToken);
        var content = new ArticleImport(attempt, _site, images, _terms, _authors, clock);
        var written = await content.WriteAsync(_batch, cancellationToken);
        await new CommentImport(attempt, _authors, clock).WriteAsync(written, cancellationToken);
        await attempt.News.SettleAsync(attempt.Db, cancellationToken);
        attempt.Db.ChangeTracker.Clear();
        await _terms.RecountAsync(attempt.Db, cancellationToken);
        await ArticleTotals.AddAsync(attempt.Scope, content.Difference, cancellationToken);
        await attempt.News.TellAsync(attempt.Scope, feeds, clock.GetUtcNow().UtcDateTime, cancellationToken);
        await attempt.Db.SaveChangesAsync(cancellationToken);
        attempt.Db.ChangeTracker.Clear();
    }
}

/// <summary>Whose export a file is.</summary>
/// <param name="Key">Part of every key an import finds things by.</param>
/// <param name="BaseUrl">What relative links are relative to; null when the file does not say.</param>
/// <param name="Language">BCP 47, or empty.</param>
internal sealed record SiteIdentity(string Key, string? BaseUrl, string Language)
{
    public static SiteIdentity Of(WxrSite site, string file)
    {
        var url = site.BaseUrl.TrimEnd('/');

        // Without an address, numbers of different sites must still not be taken for each other.
        var key = url.Length > 0 ? url : site.Title.Length > 0 ? $"title:{site.Title}" : $"file:{Path.GetFileName(file)}";
        var baseUrl = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? url + "/" : null;
        return new SiteIdentity(key, baseUrl, site.Language);
    }
}
