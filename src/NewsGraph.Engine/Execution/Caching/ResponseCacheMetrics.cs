using System.Diagnostics.Metrics;

namespace NewsGraph.Engine.Execution.Caching;

/// <summary>What is measured of the response cache, by the meter <see cref="MeterName"/>.</summary>
public sealed class ResponseCacheMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "NewsGraph.ResponseCache";

    private readonly Meter _meter;
    private readonly Counter<long> _joined;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _outdated;
    private readonly Counter<long> _purges;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _notModified;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes the meter; null for one of its own.</param>
    public ResponseCacheMetrics(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _hits = _meter.CreateCounter<long>("newsgraph.responses.hits", "{response}", "Answers that were ready.");
        _misses = _meter.CreateCounter<long>("newsgraph.responses.misses", "{response}", "Queries that were executed though their result could have been kept.");
        _joined = _meter.CreateCounter<long>("newsgraph.responses.joined", "{response}", "Queries that waited for the execution of an equal one.");
        _stored = _meter.CreateCounter<long>("newsgraph.responses.stored", "{response}", "Results that were kept.");
        _outdated = _meter.CreateCounter<long>("newsgraph.responses.outdated", "{response}", "Results that were found kept, and outdated by a write.");
        _purges = _meter.CreateCounter<long>("newsgraph.responses.purges", "{purge}", "Changes of the data that took results away.");
        _notModified = _meter.CreateCounter<long>("newsgraph.responses.not_modified", "{response}", "Answers with status 304.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Hit() => _hits.Add(1);

    internal void Missed() => _misses.Add(1);

    internal void Joined() => _joined.Add(1);

    internal void Stored() => _stored.Add(1);

    internal void Outdated() => _outdated.Add(1);

    internal void Purged() => _purges.Add(1);

    internal void NotModified() => _notModified.Add(1);

    internal void Observe(Func<long> bytes, Func<int> count, Func<long> evicted)
    {
        _meter.CreateObservableUpDownCounter("newsgraph.responses.bytes", bytes, "By", "What results take that are kept.");
        _meter.CreateObservableUpDownCounter("newsgraph.responses.count", count, "{response}", "Results that are kept.");
        _meter.CreateObservableCounter("newsgraph.responses.evicted", evicted, "{response}", "Results that were given up for others.");
    }
}
