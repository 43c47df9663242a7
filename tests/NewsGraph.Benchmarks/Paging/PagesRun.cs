using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NewsGraph.Benchmarks.Reading;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.Paging;

/// <summary>What a connection's first pages and those far behind them cost.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="First">Page 1, which no cursor leads to.</param>
/// <param name="Near">The pages behind it.</param>
/// <param name="Far">As many pages far behind.</param>
internal sealed record PagesResult(string Connection, ServerLoad First, ServerLoad Near, ServerLoad Far)
{
    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Connection} | {First.Microseconds:0} | {Near.Microseconds:0} | {Far.Microseconds:0} | {To(First)} | {To(Near)} | {Far.Rounds[^1].Bytes / First.Rounds[^1].Bytes:0.00} |");

    private Ratio To(ServerLoad other) => Ratio.Of(Far, other, r => r.Microseconds);
}

/// <summary>
/// Walks through a connection page by page as a client does, and compares what its pages cost. All have equally many items
/// and one more behind them. Page 1 differs from page 2 in more than its place: it is asked for without a cursor. So the
/// far ones are compared with both.
/// </summary>
internal static class PagesRun
{
    private const int LargestSize = 20;

    // Several, so that no answer is that of a page that happens to lie well.
    private const int Pages = 10;
    private const string Info = "pageInfo{hasNextPage endCursor}";

    /// <param name="options">Where, and how long.</param>
    /// <param name="page">Which page is compared with the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(ReadOptions options, int page, CancellationToken cancellationToken)
    {
        var connections = Connections(GatewayProcess.Database(options.Folder), page);
        await using var gateway = await GatewayProcess.StartOnAsync(
            Processor.OfServers, options.Folder, CommandOptions.Arguments(options.Settings), cancellationToken);
        return await Processor.OnLoadAsync<IReadOnlyList<string>>(
            () => [.. connections.Select(c => Measure(gateway, c.Name, c.Query, page, options, cancellationToken))]);
    }

    private static string Measure(
        ServerProcess gateway, string name, string query, int page, ReadOptions options, CancellationToken cancellationToken)
    {
        var cursors = Walk(gateway.Address, query, page - 1, cancellationToken);
        ServerLoad Load(string pages, IEnumerable<string?> after) =>
            new(pages, gateway, [.. after.Select(cursor => Request(gateway.Address, query, cursor))], options.Connections);
        using var first = Load("page 1", [null]);
        using var near = Load("near", cursors.Take(Pages));
        using var far = Load("far", cursors.TakeLast(Pages));
        ServerLoad.Compare([first, near, far], options.Run, cancellationToken);
        return new PagesResult(name, first, near, far).ToMarkdown();
    }

    // The cursor behind each of that many pages.
    private static List<string?> Walk(Uri address, string query, int pages, CancellationToken cancellationToken)
    {
        using var connection = new RawConnection(address);
        var cursors = new List<string?>(pages);
        string? cursor = null;
        for (var i = 0; i < pages; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            connection.Send(Request(address, query, cursor));
            using var answer = JsonDocument.Parse(RawConnection.Joined(connection.Receive()));
            var info = Find(answer.RootElement, "pageInfo") ?? throw new InvalidOperationException($"The gateway refused: {answer.RootElement}");
            cursor = info.GetProperty("hasNextPage").GetBoolean()
                ? info.GetProperty("endCursor").GetString()
                : throw new InvalidOperationException($"There are only {i + 1} pages; measure with a larger set.");
            cursors.Add(cursor);
        }

        return cursors;
    }

    private static JsonElement? Find(JsonElement element, string name) => element.ValueKind != JsonValueKind.Object
        ? null
        : element.TryGetProperty(name, out var found) ? found : element.EnumerateObject().Select(p => Find(p.Value, name)).FirstOrDefault(f => f is not null);

    private static byte[] Request(Uri address, string query, string? after) => RawConnection.Post(address, new { query, variables = new { after } });

    // Of twenty where there are enough, and else as large as they can be for that many and one item more.
    private static List<(string Name, string Query)> Connections(string file, int page)
    {
        using var database = Workloads.Open(file);
        var articles = Workloads.Rows(database, "SELECT count(*) FROM articles WHERE Status = 3", r => r.GetInt32(0))[0];
        var (tag, tagged) = One(database, "SELECT Slug, ArticleCount FROM tags ORDER BY ArticleCount DESC LIMIT 1");
        var (hot, flat) = One(database, "SELECT Slug, CommentCount FROM articles WHERE Status = 3 ORDER BY CommentCount DESC LIMIT 1");
        var (_, threads) = One(database, "SELECT a.Slug, count(*) FROM articles a JOIN comments c ON c.ArticleId = a.Id WHERE a.Slug = @p0 AND c.Status = 0 AND c.ParentId IS NULL", hot);
        const string Nodes = "{nodes{id title publishedAt} " + Info + "}";
        const string Comments = "{nodes{id authorName createdAt} " + Info + "}";
        string Arguments(int count) => string.Create(CultureInfo.InvariantCulture, $"first:{Math.Clamp((count - 1) / page, 1, LargestSize)},after:$after");
        return
        [
            ("articles, the newest first", Query($"articles({Arguments(articles)}){Nodes}")),
            ("articles by title", Query($"articles({Arguments(articles)},order:[{{title:ASC}}]){Nodes}")),
            ("articles with a tag, filtered", Query($"articles({Arguments(tagged)},where:{{tags:{{some:{{slug:{{eq:\"{tag}\"}}}}}}}},order:[{{publishedAt:DESC}}]){Nodes}")),
            ("a tag's articles", Query($"tagBySlug(slug:\"{tag}\"){{articles({Arguments(tagged)}){Nodes}}}")),
            ("an article's threads", Query($"articleBySlug(slug:\"{hot}\"){{comments({Arguments(threads)}){Comments}}}")),
            ("an article's comments, flat, newest first", Query($"articleBySlug(slug:\"{hot}\"){{comments({Arguments(flat)},threading:FLAT,order:[{{createdAt:DESC}}]){Comments}}}")),
        ];
    }

    private static string Query(string field) => "query Page($after:String){" + field + "}";

    private static (string Slug, int Count) One(SqliteConnection database, string sql, string? value = null)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        if (value is not null)
        {
            command.Parameters.AddWithValue("@p0", value);
        }

        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetInt32(1)) : throw new InvalidOperationException("The database has no articles.");
    }
}
