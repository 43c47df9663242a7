using System.Diagnostics.Metrics;

namespace NewsGraph.PubSub.Redis;

/// <summary>What can be measured about the bus, under the meter <c>NewsGraph.PubSub</c>.</summary>
internal sealed class RedisMetrics
{
    public const string MeterName = "NewsGraph.PubSub";

    private readonly Histogram<double>? _probe;
    private readonly Counter<long>? _lost;
    private readonly Counter<long>? _recoveries;

    public RedisMetrics(IMeterFactory? meters, Func<TopicBusStatus> status, Func<int> topics)
    {
        if (meters?.Create(MeterName) is not { } meter)
        {
            return;
        }

        _probe = meter.CreateHistogram<double>("newsgraph.bus.probe.duration", "s", "How long messages to itself took through Redis.");
        _lost = meter.CreateCounter<long>("newsgraph.bus.probe.lost", "{message}", "Messages to itself that did not come back in time.");
        _recoveries = meter.CreateCounter<long>("newsgraph.bus.recoveries", "{time}", "How often messages came through again after they had not.");
        meter.CreateObservableGauge("newsgraph.bus.delivers", () => status().Delivers ? 1 : 0, description: "1 while messages come through Redis, else 0.");
        meter.CreateObservableGauge("newsgraph.bus.topics", topics, "{topic}", "Topics this node is subscribed to, its own probes included.");
    }

    public void ProbeCameBack(TimeSpan duration) => _probe?.Record(duration.TotalSeconds);

    public void ProbesLost(int count)
    {
        if (count > 0)
        {
            _lost?.Add(count);
        }
    }

    public void Recovered() => _recoveries?.Add(1);
}
