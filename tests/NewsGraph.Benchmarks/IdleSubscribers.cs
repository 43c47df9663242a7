using System.Diagnostics;
using System.Text.Json;
using NewsGraph.Testing.Measuring;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks;

/// <summary>The memory that subscribers cost who only wait. In the end each must get a comment, or they were none.</summary>
internal static class IdleSubscribers
{
    private const double MostMegabytes = 150;
    private const int AtOnce = 20;
    private const int Practice = 200;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<Measurement> MeasureAsync(string folder, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        await using var gateway = await GatewayProcess.StartAsync(folder, cancellationToken);
        var article = await FirstArticleAsync(gateway, cancellationToken);

        // Without practice the compiled code and the first heap segments would be counted as the subscribers'.
        for (var i = 0; i < Practice; i++)
        {
            await gateway.QueryAsync(GatewayProcess.Operation("front-page"), null, cancellationToken);
        }

        await CloseAsync(await OpenAsync(gateway, article, Math.Min(options.Subscribers, AtOnce), cancellationToken));
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        var without = gateway.ResidentMegabytes;

        var subscribers = await OpenAsync(gateway, article, options.Subscribers, cancellationToken);
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        var with = gateway.ResidentMegabytes;
        var processor = gateway.ProcessorTime;
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        var idle = (gateway.ProcessorTime - processor) / Rest;

        var started = Stopwatch.GetTimestamp();
        await CommentAsync(gateway, article, cancellationToken);
        await Task.WhenAll(subscribers.Select(s => s.Received)).WaitAsync(Limit, cancellationToken);
        var delivered = Stopwatch.GetElapsedTime(started);
        await CloseAsync(subscribers);

        Report.Line("memory of the gateway without subscribers", $"{without:0.0} MB");
        Report.Line($"with {options.Subscribers} of them", $"{with:0.0} MB, {(with - without) * 1024 / options.Subscribers:0.0} kB each");
        Report.Line("processor while they wait, of one core", $"{idle * 100:0.0} %");
        Report.Line("a comment posted, and received by all", $"after {delivered.TotalMilliseconds:0} ms");
        return new Measurement($"{options.Subscribers} idle subscribers, memory more than none", with - without, MostMegabytes, "MB");
    }

    private static async Task<string> FirstArticleAsync(ServerProcess gateway, CancellationToken cancellationToken)
    {
        var data = await gateway.QueryAsync("{ articles(first: 1) { nodes { id } } }", null, cancellationToken);
        return data.GetProperty("articles").GetProperty("nodes")[0].GetProperty("id").GetString()!;
    }

    private static async Task CommentAsync(ServerProcess gateway, string article, CancellationToken cancellationToken)
    {
        var input = new { articleId = article, authorName = "Ada", authorEmail = "ada@example.org", body = "To all who wait." };
        var data = await gateway.QueryAsync(GatewayProcess.Operation("add-comment"), new { input }, cancellationToken);
        if (data.GetProperty("addComment").GetProperty("comment").ValueKind != JsonValueKind.Object)
        {
            throw new InvalidOperationException($"The comment was refused: {data}");
        }
    }

    private static async Task<List<WaitingSubscriber>> OpenAsync(ServerProcess gateway, string article, int count, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(gateway.Http.BaseAddress!) { Scheme = "ws" }.Uri;
        var query = GatewayProcess.Operation("on-comment-added");
        var all = new List<WaitingSubscriber>(count);
        while (all.Count < count)
        {
            var batch = Enumerable.Range(0, Math.Min(AtOnce, count - all.Count))
                .Select(_ => WaitingSubscriber.OpenAsync(address, query, article, cancellationToken));
            all.AddRange(await Task.WhenAll(batch).WaitAsync(Limit, cancellationToken));
        }

        return all;
    }

    private static async Task CloseAsync(IEnumerable<WaitingSubscriber> subscribers) =>
        await Task.WhenAll(subscribers.Select(s => s.DisposeAsync().AsTask())).WaitAsync(Limit);
}
