using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution.Groups;

namespace NewsGraph.Testing;

/// <summary>What one program's subscriptions have been measured to do since this was made.</summary>
public sealed class SubscriptionCounts : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly MeterListener _listener = new();

    /// <summary>Begins to count.</summary>
    /// <param name="services">The program's services.</param>
    public SubscriptionCounts(IServiceProvider services)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SubscriptionMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            _counts.AddOrUpdate(instrument.Name, value, (_, old) => old + value));
        services.GetRequiredService<SubscriptionMetrics>();
        _listener.Start();
    }

    public long Executions => Count("executions");

    public long Deliveries => Count("deliveries");

    public long Replayed => Count("replayed");

    public long Groups => Count("groups");

    public long Members => Count("members");

    public void Dispose() => _listener.Dispose();

    private long Count(string name) => _counts.GetValueOrDefault("newsgraph.subscriptions." + name);
}
