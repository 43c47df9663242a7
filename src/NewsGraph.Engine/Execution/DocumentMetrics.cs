using System.Diagnostics.Metrics;

namespace NewsGraph.Engine.Execution;

/// <summary>What is measured of documents, by the meter <see cref="MeterName"/>.</summary>
public sealed class DocumentMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "NewsGraph.Documents";

    private readonly Meter _meter;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes the meter; null for one of its own.</param>
    public DocumentMetrics(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _hits = _meter.CreateCounter<long>("newsgraph.documents.hits", "{request}", "Requests whose document was known.");
        _misses = _meter.CreateCounter<long>("newsgraph.documents.misses", "{request}", "Requests whose document had to be parsed and validated.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    internal void Found() => _hits.Add(1);

    internal void Missed() => _misses.Add(1);

    internal void Watch(DocumentCache cache)
    {
        _meter.CreateObservableGauge("newsgraph.documents.count", () => cache.Count, "{document}", "Documents that are kept.");
        _meter.CreateObservableGauge("newsgraph.documents.bytes", () => cache.Bytes, "By", "Memory the kept documents take, estimated.");
    }
}
