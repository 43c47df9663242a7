using Microsoft.Extensions.Options;

namespace NewsGraph.Engine.Execution.Caching;

/// <summary>
/// Results of queries as ready bytes, by the bytes of their requests. A result is kept with the tags of what it was
/// built from; whoever changes data purges tags, and what was built before that is not served any more. Equal queries
/// that are under way at the same time are executed once. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Nothing is served until somebody vouches for the purges (<see cref="Trust"/>), and no longer than that: a node that
/// does not hear of other nodes' changes must not go on serving what it has.
/// </remarks>
public sealed class ResponseCache
{
    // Only bytes bound it; a request and its result take a few hundred at least.
    private const int MaxCount = int.MaxValue;

    private readonly ResponseCacheOptions _options;
    private readonly ResponseCacheMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly PurgeClock _clock = new();
    private readonly SegmentedCache<byte[], CachedResponse> _kept;
    private readonly SegmentedCache<byte[], CachedResponse>.Finder<ReadOnlySpan<byte>> _byBytes;
    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], Flight> _flights = new(ByteKeys.Instance);
    private long _trustedUntil = long.MinValue;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="options">Its bounds, and whether it is used at all.</param>
    /// <param name="metrics">Counts what it does.</param>
    /// <param name="time">The clock by which it is trusted.</param>
    public ResponseCache(IOptions<ResponseCacheOptions> options, ResponseCacheMetrics metrics, TimeProvider time)
    {
        (_options, _metrics, _time) = (options.Value, metrics, time);
        _kept = new SegmentedCache<byte[], CachedResponse>(MaxCount, _options.MaxBytes, ByteKeys.Instance);
        _byBytes = _kept.By<ReadOnlySpan<byte>>();
        _metrics.Observe(() => _kept.Bytes, () => _kept.Count, () => _kept.Evicted);
    }

    /// <summary>Whether results are kept at all.</summary>
    public bool IsEnabled => _options.Enabled;

    /// <summary>The largest request whose result is kept, in bytes.</summary>
    public int MaxRequestBytes => _options.MaxRequestBytes;

    /// <summary>How many results are kept.</summary>
    public int Count => _kept.Count;

    /// <summary>How many bytes they take, with the requests they answer.</summary>
    public long Bytes => _kept.Bytes;

    /// <summary>The result of an equal request, if one is kept and nothing it was built from has changed.</summary>
    /// <param name="request">The request's bytes.</param>
    public CachedResponse? Find(ReadOnlySpan<byte> request)
    {
        if (!_options.Enabled || !IsTrusted || _byBytes.Find(request) is not { } found)
        {
            return null;
        }

        if (!IsTrue(found))
        {
            _kept.Remove(found.Key, found);
            _metrics.Outdated();
            return null;
        }

        _metrics.Hit();
        return found;
    }

    /// <summary>A kept result's bytes in a content coding; null where that gains nothing.</summary>
    /// <param name="response">The result.</param>
    /// <param name="coding">The coding.</param>
    public ReadOnlyMemory<byte>? Encode(CachedResponse response, ContentCoding coding)
    {
        var bytes = response.Encode(coding, out var added);
        if (added > 0)
        {
            _kept.Grow(response.Key, response, added);
        }

        return bytes;
    }

    /// <summary>Takes back all results with one of the tags: when it returns, none of them is served any more.</summary>
    /// <param name="tags">What has changed.</param>
    public void Purge(ReadOnlySpan<DataTag> tags)
    {
        _clock.Purge(tags);
        _metrics.Purged();
    }

    /// <summary>Takes back all results.</summary>
    public void PurgeAll()
    {
        _clock.PurgeAll();
        _metrics.Purged();
    }

    /// <summary>Vouches for the purges: all changes up to a moment are known, and for some time that is good enough.</summary>
    /// <param name="moment">A timestamp of the clock.</param>
    /// <param name="duration">How long after it what is kept may be served.</param>
    public void Trust(long moment, TimeSpan duration) =>
        Volatile.Write(ref _trustedUntil, moment + (long)(duration.TotalSeconds * _time.TimestampFrequency));

    /// <summary>Counts that a client already had the result.</summary>
    public void CountNotModified() => _metrics.NotModified();

    /// <summary>Whether the result of a query may be shared with whoever asks the same.</summary>
    internal bool Takes(OperationRequest request) =>
        _options.Enabled
        && request is { SharedKey.IsEmpty: false, ReportCost: false, ResumeAfter: null, User: null or { Identity: null or { IsAuthenticated: false } } }
        && request.SharedKey.Length <= _options.MaxRequestBytes;

    /// <summary>Finds the result of a query, or executes it and keeps it for the next one.</summary>
    /// <param name="request">The request's bytes.</param>
    /// <param name="execute">Executes it; the token ends the work when nobody waits for it any more.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    internal async ValueTask<OperationResult> RunAsync(
        ReadOnlyMemory<byte> request, Func<CancellationToken, ValueTask<OperationResult>> execute, CancellationToken cancellationToken)
    {
        if (Find(request.Span) is { } ready)
        {
            return ready.Result;
        }

        var (flight, isNew) = Board(request);
        if (isNew)
        {
            _metrics.Missed();
            flight.Start(FlyAsync(flight, execute));
        }
        else
        {
            _metrics.Joined();
        }

        return await flight.WaitAsync(cancellationToken);
    }

    private bool IsTrue(CachedResponse response)
    {
        // Nothing has been purged since: the usual case.
        var now = _clock.Now;
        if (response.Since == now)
        {
            return true;
        }

        if (!_clock.IsTrue(response.Since, response.Tags))
        {
            return false;
        }

        response.Since = now;
        return true;
    }

    private bool IsTrusted => _time.GetTimestamp() < Volatile.Read(ref _trustedUntil);

    /// <summary>
    /// Joins the execution of an equal request, unless something was changed since it began, or may have been and nobody
    /// would know: whoever asks after a write must not get what was read before it.
    /// </summary>
    private (Flight Flight, bool IsNew) Board(ReadOnlyMemory<byte> request)
    {
        lock (_gate)
        {
            var key = request.ToArray();
            var now = _clock.Now;
            if (IsTrusted && _flights.TryGetValue(key, out var flight) && flight.Since == now && flight.TryJoin())
            {
                return (flight, false);
            }

            flight = new Flight(key, now);
            _flights[key] = flight;
            return (flight, true);
        }
    }

    private async Task<OperationResult> FlyAsync(Flight flight, Func<CancellationToken, ValueTask<OperationResult>> execute)
    {
        try
        {
            var reads = new DataReads();
            using var result = await reads.GatherAsync(() => execute(flight.Token));

            // Several may wait, and it may be kept: it needs bytes of its own.
            var json = result.Json.ToArray();
            return Keep(flight, result, json, reads) is { } kept
                ? kept.Result
                : new OperationResult
                {
                    Json = json,
                    ErrorsJson = result.ErrorsJson.ToArray(),
                    Executed = result.Executed,
                    StatusCode = result.StatusCode,
                };
        }
        finally
        {
            Land(flight);
        }
    }

    private CachedResponse? Keep(Flight flight, OperationResult result, byte[] json, DataReads reads)
    {
        if (result is not { Executed: true, ErrorsJson.IsEmpty: true, StatusCode: null, Subscription: null }
            || json.Length > _options.MaxResultBytes || reads.IsForbidden)
        {
            return null;
        }

        var response = new CachedResponse(flight.Key, json, reads.ToArray(), flight.Since);
        if (!_clock.IsTrue(response.Since, response.Tags) || !_kept.Add(response.Key, response, response.Bytes))
        {
            return null;
        }

        _metrics.Stored();
        return response;
    }

    private void Land(Flight flight)
    {
        lock (_gate)
        {
            if (_flights.TryGetValue(flight.Key, out var current) && ReferenceEquals(current, flight))
            {
                _flights.Remove(flight.Key);
            }
        }
    }
}
