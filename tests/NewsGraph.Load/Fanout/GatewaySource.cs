using System.Text.Json;
using NewsGraph.Load.Sockets;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Load.Fanout;

/// <summary>The gateway: an event is a comment.</summary>
internal sealed class GatewaySource(ServerProcess gateway, string articleId) : IEventSource
{
    private const string Post =
        "mutation($input: AddCommentInput!) { addComment(input: $input) { comment { id } errors { __typename ... on Error { message } } } }";

    // About as long as readers' comments are.
    private static readonly string Filler = string.Join(' ', Enumerable.Repeat("the harbour council met again", 6));

    public string Name => "gateway";

    public TimeSpan ProcessorTime => gateway.ProcessorTime;

    public Uri Address => gateway.Address;

    public double ResidentMegabytes => gateway.ResidentMegabytes;

    /// <summary>What a subscriber sends: the operation that is in the repository for clients.</summary>
    public string Subscription { get; } = JsonSerializer.Serialize(
        new { query = GatewayProcess.Operation("on-comment-added"), variables = new { articleId } });

    /// <summary>The first article that takes comments.</summary>
    public static async Task<GatewaySource> OfFirstArticleAsync(ServerProcess gateway, CancellationToken cancellationToken)
    {
        var data = await gateway.QueryAsync(
            "{ articles(first: 1, where: { commentsOpen: { eq: true } }) { nodes { id } } }", null, cancellationToken);
        return new GatewaySource(gateway, data.GetProperty("articles").GetProperty("nodes")[0].GetProperty("id").GetString()!);
    }

    public async Task PostAsync(int marker, CancellationToken cancellationToken)
    {
        var input = new { articleId, authorName = "Ada", authorEmail = "ada@example.org", body = $"{Marker.Text(marker)} {Filler}" };
        var data = await gateway.QueryAsync(Post, new { input }, cancellationToken);
        if (data.GetProperty("addComment").GetProperty("comment").ValueKind != JsonValueKind.Object)
        {
            throw new InvalidOperationException($"The comment was refused: {data}");
        }
    }
}
