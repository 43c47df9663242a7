using System.Collections.Concurrent;
using System.Text.Json;

namespace NewsGraph.Gateway.Drill;

/// <summary>
/// Posts comments at a steady rate, each with a key of its own and again and again until a node acknowledges it, so that
/// in the end it is known of each whether it must be there.
/// </summary>
internal sealed class DrillWriter(ArticleFeed article, EventBook book, NewsClient client)
{
    private const string Mutation =
        "mutation($input: AddCommentInput!) { addComment(input: $input) { comment { id } errors { __typename ... on Error { message } } } }";

    private readonly ConcurrentDictionary<int, bool> _acknowledged = new();
    private int _posted;
    private string? _problem;

    /// <summary>How many comments were sent.</summary>
    public int Posted => Volatile.Read(ref _posted);

    /// <summary>How many of them were acknowledged.</summary>
    public int AcknowledgedCount => _acknowledged.Count;

    /// <summary>The acknowledged ones.</summary>
    public IEnumerable<int> Acknowledged => _acknowledged.Keys;

    /// <summary>Why the last one that was given up was; null when none was.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Posts for a time; complete when all are acknowledged or given up.</summary>
    /// <param name="rate">Comments a second.</param>
    /// <param name="duration">How long new ones are begun.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        var count = (int)Math.Ceiling(rate * duration.TotalSeconds);
        var posts = new List<Task>(count);
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1 / rate), client.Time);
        for (var comment = 0; comment < count; comment++)
        {
            posts.Add(PostAsync(comment, cancellationToken));
            Volatile.Write(ref _posted, comment + 1);
            await clock.WaitForNextTickAsync(cancellationToken);
        }

        await Task.WhenAll(posts);
    }

    private async Task PostAsync(int comment, CancellationToken cancellationToken)
    {
        var text = book.TextOf(comment);
        var input = new { articleId = article.Id, authorName = "Loss drill", authorEmail = "drill@example.org", body = text, clientKey = text };
        book.Sending(comment);
        try
        {
            var data = await client.QueryAsync(Mutation, new { input }, cancellationToken);
            var payload = data.GetProperty("addComment");
            if (payload.GetProperty("comment").ValueKind == JsonValueKind.Object)
            {
                _acknowledged[comment] = true;
            }
            else
            {
                Volatile.Write(ref _problem, $"A comment was refused: {payload.GetProperty("errors")}");
            }
        }
        catch (DrillException given)
        {
            Volatile.Write(ref _problem, given.Message);
        }
    }
}
