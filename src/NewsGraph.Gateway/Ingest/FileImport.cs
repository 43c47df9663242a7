using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>Imports one file within its transaction, in batches, so that memory holds a few hundred items at most.</summary>
internal sealed class FileImport
{
    private const int BatchItems = 200;
    private const int BatchComments = 2_000;
    private const int BatchCharacters = 8_000_000;

    private readonly ImportSummary _summary = new();
    private readonly TermImport _terms;
    private readonly AuthorImport _authors;
    private readonly ArticleImport _articles;
    private readonly CommentImport _comments;
    private readonly ImportNews _news = new();
    private readonly WriteScope _scope;
    private readonly FeedLog _feeds;
    private readonly TimeProvider _clock;
    private readonly List<WxrItem> _batch = [];
    private SiteIdentity _site = new("", null, "");
    private int _batchComments;
    private int _batchCharacters;

    public FileImport(WriteScope scope, FeedLog feeds, WxrSurvey survey, ImportSession session, TimeProvider clock)
    {
        (_scope, _feeds, _clock) = (scope, feeds, clock);
        var db = scope.Db;
        _terms = new TermImport(db, session, _summary.Tags);
        _authors = new AuthorImport(db, session, _summary.Authors);
        _articles = new ArticleImport(db, survey, session, _terms, _authors, _news, _summary, clock);
        _comments = new CommentImport(db, _authors, _news, _summary.Comments, clock);
    }

    public async Task<ImportSummary> RunAsync(WxrSource source, CancellationToken cancellationToken)
    {
        await foreach (var record in source.ReadAsync(cancellationToken))
        {
            switch (record)
            {
                case WxrSite site:
                    _site = SiteIdentity.Of(site, source.File);
                    break;
                case WxrAuthor author:
                    _authors.Declare(_site.Key, author);
                    break;
                case WxrTerm term:
                    _terms.Declare(term);
                    break;
                case WxrItem item:
                    Add(item);
                    break;
            }

            if (_batch.Count >= BatchItems || _batchComments >= BatchComments || _batchCharacters >= BatchCharacters || _terms.Waiting >= 2_000)
            {
                await FlushAsync(cancellationToken);
            }
        }

        await FlushAsync(cancellationToken);
        await _terms.RecountAsync(cancellationToken);
        await _news.TellAsync(_scope, _feeds, _clock.GetUtcNow().UtcDateTime, cancellationToken);
        return _summary;
    }

    private void Add(WxrItem item)
    {
        if (item.PostType is not ("post" or ""))
        {
            _summary.Articles.Skip(item.PostType);
            _summary.Comments.Skip($"on {item.PostType}", item.Comments.Count);
            return;
        }

        if (item.Status == "auto-draft")
        {
            _summary.Articles.Skip("auto-draft");
            return;
        }

        _batch.Add(item);
        _batchComments += item.Comments.Count;
        _batchCharacters += item.Content.Length;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var written = await _articles.WriteAsync(_site, _batch, cancellationToken);
        await _comments.WriteAsync(written, cancellationToken);
        await _news.SettleAsync(_scope.Db, cancellationToken);
        _scope.Db.ChangeTracker.Clear();
        _batch.Clear();
        _batchComments = _batchCharacters = 0;
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
