using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NewsGraph.Benchmarks.Reading;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.Paging;

/// <summary>A connection's page 1 and a page far behind it.</summary>
internal sealed record PagesResult(string Connection, double First, double Far)
{
    public string ToMarkdown() => string.Create(CultureInfo.InvariantCulture, $"| {Connection} | {First:0} | {Far:0} | {Far / First:0.00} |");
}

/// <summary>Walks through a connection page by page as a client does, and compares what the first and the last one cost.</summary>
internal static class PagesRun
{
    private const int Size = 3;
    private const string Arguments = "first:3,after:$after";
    private const string Info = "pageInfo{hasNextPage endCursor}";

    /// <param name="options">Where, and how long.</param>
    /// <param name="page">Which page is compared with the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<PagesResult>> RunAsync(ReadOptions options, int page, CancellationToken cancellationToken)
    {
        var connections = Connections(GatewayProcess.Database(options.Folder), page);
        await using var gateway = await GatewayProcess.StartOnAsync(
            Processor.OfServers, options.Folder, options.Settings.Select(s => "--" + s), cancellationToken);
        return await Processor.OnLoadAsync<IReadOnlyList<PagesResult>>(
            () => [.. connections.Select(c => Measure(gateway, c.Name, c.Query, page, options, cancellationToken))]);
    }

    private static PagesResult Measure(
        ServerProcess gateway, string name, string query, int page, ReadOptions options, CancellationToken cancellationToken)
    {
        var cursor = Walk(gateway.Address, query, page - 1, cancellationToken);
        using var first = new ServerLoad("page 1", gateway, [Request(gateway.Address, query, null)], options.Connections);
        using var far = new ServerLoad("far", gateway, [Request(gateway.Address, query, cursor)], options.Connections);
        ServerLoad.Compare([first, far], options.Round, cancellationToken);
        return new PagesResult(name, first.Microseconds, far.Microseconds);
    }

    // The cursor behind that many pages.
    private static string? Walk(Uri address, string query, int pages, CancellationToken cancellationToken)
    {
        using var connection = new RawConnection(address);
        string? cursor = null;
        for (var i = 0; i < pages; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            connection.Send(Request(address, query, cursor));
            using var answer = JsonDocument.Parse(RawConnection.Joined(connection.Receive()));
            var info = Find(answer.RootElement, "pageInfo") ?? throw new InvalidOperationException($"The gateway refused: {answer.RootElement}");
            cursor = info.GetProperty("hasNextPage").GetBoolean()
                ? info.GetProperty("endCursor").GetString()
                : throw new InvalidOperationException($"There are only {i + 1} pages of {Size}; measure with a larger set.");
        }

        return cursor;
    }

    private static JsonElement? Find(JsonElement element, string name) => element.ValueKind != JsonValueKind.Object
        ? null
        : element.TryGetProperty(name, out var found) ? found : element.EnumerateObject().Select(p => Find(p.Value, name)).FirstOrDefault(f => f is not null);

    private static byte[] Request(Uri address, string query, string? after) => RawConnection.Post(address, new { query, variables = new { after } });

    private static List<(string Name, string Query)> Connections(string file, int page)
    {
        using var database = Workloads.Open(file);
        var tag = One(database, "SELECT Slug FROM tags ORDER BY ArticleCount DESC LIMIT 1");
        var hot = One(database, "SELECT Slug FROM articles WHERE Status = 3 ORDER BY CommentCount DESC LIMIT 1");
        var nodes = "{nodes{id title publishedAt} " + Info + "}";
        var comments = "{nodes{id authorName createdAt} " + Info + "}";
        return
        [
            ("articles, the newest first", Query($"articles({Arguments}){nodes}")),
            ("articles by title", Query($"articles({Arguments},order:[{{title:ASC}}]){nodes}")),
            ("articles with a tag, filtered", Query($"articles({Arguments},where:{{tags:{{some:{{slug:{{eq:\"{tag}\"}}}}}}}},order:[{{publishedAt:DESC}}]){nodes}")),
            ("a tag's articles", Query($"tagBySlug(slug:\"{tag}\"){{articles({Arguments}){nodes}}}")),
            ("an article's threads", Query($"articleBySlug(slug:\"{hot}\"){{comments({Arguments}){comments}}}")),
            ("an article's comments, flat, newest first", Query($"articleBySlug(slug:\"{hot}\"){{comments({Arguments},threading:FLAT,order:[{{createdAt:DESC}}]){comments}}}")),
        ];
    }

    private static string Query(string field) => "query Page($after:String){" + field + "}";

    private static string One(SqliteConnection database, string sql) => Workloads.Rows(database, sql, r => r.GetString(0))[0];
}
