using System.Net;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>A connection that has stood at least once, and the kind of Redis behind it.</summary>
internal sealed class RedisLink(ConnectionMultiplexer multiplexer) : IAsyncDisposable
{
    private const int FirstVersionWithShardedChannels = 7;
    private const int Slots = 16384;
    private const string Nobody = "";

    public ISubscriber Subscriber { get; } = multiplexer.GetSubscriber();

    public bool IsConnected => Subscriber.IsConnected();

    /// <summary>Whether it looks whole: no part of it is known to be away, and so being reconnected already.</summary>
    public bool IsWhole => IsConnected && (!IsSharded || multiplexer.GetServers().All(s => s.IsConnected));

    /// <summary>Where it leads, for the log.</summary>
    public string EndPoints { get; } = string.Join(", ", multiplexer.GetEndPoints().Select(Text));

    /// <summary>
    /// Whether channels belong to shards: the server is a cluster of a version that has them. There a message stays
    /// within one shard; a plain channel's would be carried to every server of the cluster.
    /// </summary>
    public bool IsSharded { get; } = multiplexer.GetServers().Where(s => s.IsConnected).ToArray() is { Length: > 0 } servers
        && servers.All(s => s.ServerType == ServerType.Cluster && s.Version.Major >= FirstVersionWithShardedChannels);

    /// <summary>An address as people write it.</summary>
    public static string Text(EndPoint endPoint) => endPoint is DnsEndPoint named ? $"{named.Host}:{named.Port}" : $"{endPoint}";

    /// <summary>Picks from endless candidates as few as lead to every shard; the first one alone where there are no shards.</summary>
    public IReadOnlyList<string> OnePerShard(IEnumerable<string> candidates, Func<string, string> channel)
    {
        // Only the servers that were asked for it know the cluster's shape, and the one that is gone may be among them.
        var shards = IsSharded
            ? multiplexer.GetServers().OrderByDescending(s => s.IsConnected).Select(s => s.ClusterConfiguration).FirstOrDefault(c => c is not null)
            : null;
        if (shards is null)
        {
            return [candidates.First()];
        }

        // Slots without an owner are a shard, too: a dead one that nobody has taken the place of.
        var owners = shards.Nodes.Where(n => !n.IsReplica && n.Slots.Count > 0).ToList();
        var open = owners.Select(n => n.NodeId).ToHashSet();
        if (owners.Sum(n => n.Slots.Sum(range => range.To - range.From + 1)) < Slots)
        {
            open.Add(Nobody);
        }

        // A shard may have so few slots that none is met by chance: it is given up rather than looked for without end.
        var limit = open.Count * 100;
        var picked = new List<string>(open.Count);
        foreach (var candidate in candidates.Take(limit).TakeWhile(_ => open.Count > 0))
        {
            var owner = shards.GetBySlot(multiplexer.GetHashSlot(channel(candidate)));
            if (open.Remove(owner?.NodeId ?? Nobody))
            {
                picked.Add(candidate);
            }
        }

        return picked;
    }

    public ValueTask DisposeAsync() => multiplexer.DisposeAsync();
}
