using System.Collections.Concurrent;
using System.Threading.Channels;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// Stores lists of related posts behind the readers that had them found. Nobody waits for it; what does not fit, or is
/// not written before the process ends, is found again. Safe for concurrent use.
/// </summary>
internal sealed partial class StoredRelatedPosts : IAsyncDisposable
{
    // A few hundred bytes each.
    private const int MaxRecent = 4_000;
    private const int MaxWaiting = 2_000;
    private const int PerAct = 200;

    private readonly INewsWriter _writer;
    private readonly ILogger _logger;

    // Until a list is stored, readers find it here.
    private readonly ConcurrentDictionary<long, RelatedList> _recent = new();
    private readonly Channel<RelatedList> _waiting = Channel.CreateBounded<RelatedList>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Task _loop;

    public StoredRelatedPosts(INewsWriter writer, ILogger<StoredRelatedPosts> logger)
    {
        (_writer, _logger) = (writer, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The list that was found last for an article, if it was on this basis.</summary>
    public RelatedList? Find(long articleId, long basis) =>
        _recent.TryGetValue(articleId, out var list) && list.Basis == basis ? list : null;

    /// <summary>Has a list stored when there is time.</summary>
    public void Add(RelatedList list)
    {
        if (_recent.Count >= MaxRecent)
        {
            _recent.Clear();
        }

        _recent[list.ArticleId] = list;
        _waiting.Writer.TryWrite(list);
    }

    /// <summary>Stores lists.</summary>
    public Task StoreAsync(IEnumerable<RelatedList> lists, CancellationToken cancellationToken)
    {
        // In the order of the keys, so that two nodes cannot wait for each other.
        List<RelatedList> ordered = [.. lists.OrderBy(l => l.ArticleId)];
        return _writer.WriteAsync(async (scope, ct) => await RelatedListRows.WriteAsync(scope.Db, ordered, ct), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var lists = new Dictionary<long, RelatedList>();
            while (lists.Count < PerAct && _waiting.Reader.TryRead(out var list))
            {
                lists[list.ArticleId] = list;
            }

            try
            {
                await StoreAsync(lists.Values, CancellationToken.None);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogNotStored(_logger, lists.Count, exception.Message);
            }
        }
    }

    [LoggerMessage(130, LogLevel.Debug, "{Count} lists of related posts were not stored and will be found again: {Problem}")]
    private static partial void LogNotStored(ILogger logger, int count, string problem);
}
