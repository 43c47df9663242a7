using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Limits;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;
using NewsGraph.PubSub.InMemory;
using NewsGraph.PubSub.Redis;
using NewsGraph.Transports.Connections;
using NewsGraph.Transports.Http;
using NewsGraph.Transports.Ide;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.Gateway.Hosting;

/// <summary>A configuration section and the class it is bound to.</summary>
/// <param name="Name">The section.</param>
/// <param name="Options">The class.</param>
/// <param name="SetInCode">Properties that are no settings.</param>
internal sealed record SettingsSection(string Name, Type Options, params string[] SetInCode)
{
    public IEnumerable<System.Reflection.PropertyInfo> Properties =>
        Options.GetProperties().Where(p => !SetInCode.Contains(p.Name)).OrderBy(p => p.MetadataToken);
}

/// <summary>A setting of the host rather than of a section of ours.</summary>
internal sealed record HostSetting(string Name, string Type, string Default, string Meaning);

/// <summary>Every setting there is: what the command line accepts, what is checked, and what <c>schema/SETTINGS.md</c> lists.</summary>
internal static class KnownSettings
{
    /// <summary>The section of <see cref="GraphQLWebSocketOptions"/>.</summary>
    public const string WebSockets = "GraphQL:WebSockets";

    public static IReadOnlyList<HostSetting> Host { get; } =
    [
        new("urls", "list of URLs", $"`{GatewayHost.DefaultUrl}`", "Where to listen, several separated by `;`."),
        new("environment", "text", "`Production`", "`Development` brings demo content into an empty database and allows the IDE and introspection."),
        new("AllowedHosts", "list of host names", "`*`", "The host names requests may name, separated by `;`."),
        new("ConnectionStrings:Postgres", "connection string", "none", "The PostgreSQL server, when `Storage:Provider` is `postgres` (`Host=db;Database=newsgraph;Username=newsgraph;Password=…`). A missing database is made, if the role may."),
        new("ConnectionStrings:Redis", "connection string", "none", "Connects several nodes through Redis: one server (`redis:6379,password=…`), Sentinels (`one:26379,serviceName=news`) or a cluster (`one:6379,two:6379`). Without it comments reach the readers of this process alone."),
        new("Logging:LogLevel:*", "level", "`Information`", "How much is logged, by category: `Trace`, `Debug`, `Information`, `Warning`, `Error`, `Critical`, `None`."),
        new("Kestrel:*", "section", "–", "The web server's own settings: certificates, endpoints, limits."),
    ];

    public static IReadOnlyList<SettingsSection> Sections { get; } =
    [
        new("Storage", typeof(StorageOptions)),
        new("Comments", typeof(CommentOptions)),
        new("Feeds", typeof(FeedOptions)),
        new(ResponseCacheOptions.Section, typeof(ResponseCacheOptions)),
        new("Bus:InMemory", typeof(InMemoryTopicBusOptions)),
        new("Bus:Redis", typeof(RedisTopicBusOptions), nameof(RedisTopicBusOptions.Configuration)),
        new(GraphQLLimitsOptions.Section, typeof(GraphQLLimitsOptions)),
        new(SubscriptionOptions.Section, typeof(SubscriptionOptions)),
        new(GraphQLHttpOptions.Section, typeof(GraphQLHttpOptions)),
        new(WebSockets, typeof(GraphQLWebSocketOptions)),
        new(ConnectionLimitsOptions.Section, typeof(ConnectionLimitsOptions)),
        new(ShutdownOptions.Section, typeof(ShutdownOptions)),
        new(GraphQLCorsOptions.Section, typeof(GraphQLCorsOptions)),
        new(ProxyOptions.Section, typeof(ProxyOptions)),
        new(MemoryOptions.Section, typeof(MemoryOptions)),
        new(IdeOptions.Section, typeof(IdeOptions), nameof(IdeOptions.Files), nameof(IdeOptions.Directory), nameof(IdeOptions.Document), nameof(IdeOptions.Variables), nameof(IdeOptions.HttpHeaders)),
    ];

    private static IEnumerable<string> Names =>
        Host.Select(s => s.Name).Concat(Sections.SelectMany(s => s.Properties.Select(p => $"{s.Name}:{p.Name}")));

    public static bool IsKnown(string name) => Names.Any(known => Matches(known, name));

    /// <summary>The known name that looks most like a misspelt one, or null when none does.</summary>
    public static string? Nearest(string name)
    {
        var best = Names.Select(known => (Name: known, Distance: Distance(known.ToUpperInvariant(), name.ToUpperInvariant()))).MinBy(n => n.Distance);
        return best.Distance <= Math.Max(2, name.Length / 3) ? best.Name : null;
    }

    private static bool Matches(string known, string name) => known.EndsWith('*')
        ? name.StartsWith(known[..^1], StringComparison.OrdinalIgnoreCase)
        : name.Equals(known, StringComparison.OrdinalIgnoreCase) || IsListItem(known, name);

    // Items of a list are numbered: --Section:List:0=value.
    private static bool IsListItem(string known, string name) =>
        name.StartsWith(known + ":", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(known.Length + 1), out _);

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
