using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NewsGraph.Benchmarks.HandWritten;
using NewsGraph.Testing.Measuring;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks;

/// <summary>The article page from the gateway and from a hand-written endpoint, one request at a time, on the same database.</summary>
internal static class ArticlePage
{
    private const double MostTimes = 4;

    public static async Task<Measurement[]> MeasureAsync(string folder, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var slug = await MostCommentedAsync(GatewayProcess.Database(folder), cancellationToken);
        await using var gateway = await GatewayProcess.StartAsync(folder, cancellationToken);
        await using var handWritten = await HandWrittenServer.StartAsync(GatewayProcess.Database(folder), cancellationToken);
        var page = Post(gateway, GatewayProcess.Operation("article-page"), slug);
        Func<Task<byte[]>> plain = () => handWritten.Http.GetByteArrayAsync(new Uri($"articles/{slug}", UriKind.Relative), cancellationToken);

        var size = await RequireSameAsync(page, plain);
        await RepeatAsync(page, options.WarmUp, cancellationToken);
        await RepeatAsync(plain, options.WarmUp, cancellationToken);
        var gatewayCosts = new List<Cost>();
        var plainCosts = new List<Cost>();
        for (var round = 0; round < options.Rounds; round++)
        {
            gatewayCosts.Add(await MeasureRoundAsync(gateway, page, options.Requests, cancellationToken));
            plainCosts.Add(await MeasureRoundAsync(handWritten, plain, options.Requests, cancellationToken));
        }

        Report.Line("same answer from both", $"{size} bytes, {options.Rounds} rounds of {options.Requests} requests each");
        var (ours, theirs) = (Median(gatewayCosts), Median(plainCosts));
        Print("gateway", ours);
        Print("hand-written", theirs);
        foreach (var (name, query) in PageParts.All)
        {
            var part = Post(gateway, query, slug);
            await RepeatAsync(part, options.WarmUp / 10, cancellationToken);
            Print("of the gateway's, " + name, await MeasureRoundAsync(gateway, part, options.Requests, cancellationToken));
        }

        return
        [
            new Measurement("article page, time against hand-written", ours.Time / theirs.Time, MostTimes, "x"),
            new Measurement("article page, processor against hand-written", ours.Processor / theirs.Processor, MostTimes, "x"),
        ];
    }

    private static Func<Task<byte[]>> Post(ServerProcess gateway, string query, string slug)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { query, variables = new { slug } });
        return async () =>
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await gateway.Http.PostAsync(new Uri("", UriKind.Relative), content);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsByteArrayAsync();
        };
    }

    // Comparing the two only means something when they answer the same.
    private static async Task<int> RequireSameAsync(Func<Task<byte[]>> page, Func<Task<byte[]>> plain)
    {
        var expected = await page();
        using var ours = JsonDocument.Parse(expected);
        using var theirs = JsonDocument.Parse(await plain());
        return JsonElement.DeepEquals(ours.RootElement, theirs.RootElement)
            ? expected.Length
            : throw new InvalidOperationException($"The answers differ.\n{ours.RootElement}\n{theirs.RootElement}");
    }

    private static async Task<Cost> MeasureRoundAsync(ServerProcess server, Func<Task<byte[]>> request, int count, CancellationToken cancellationToken)
    {
        var processor = server.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await RepeatAsync(request, count, cancellationToken);
        var time = Stopwatch.GetElapsedTime(started);
        return new Cost(time.TotalMilliseconds / count, (server.ProcessorTime - processor).TotalMilliseconds / count);
    }

    private static async Task RepeatAsync(Func<Task<byte[]>> request, int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await request();
        }
    }

    private static Cost Median(List<Cost> costs) => new(Report.Median(costs.Select(c => c.Time)), Report.Median(costs.Select(c => c.Processor)));

    private static void Print(string name, Cost cost) =>
        Report.Line(name, $"{cost.Time:0.000} ms per request, {cost.Processor:0.000} ms of the server's processor");

    private static async Task<string> MostCommentedAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Slug FROM articles WHERE Status = 3 AND IsProtected = 0 ORDER BY CommentCount DESC, Id LIMIT 1";
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Milliseconds per request: as the client sees them, and of the server's processor.</summary>
    private sealed record Cost(double Time, double Processor);
}
