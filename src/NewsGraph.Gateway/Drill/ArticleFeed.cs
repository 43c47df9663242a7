using System.Text.Json;

namespace NewsGraph.Gateway.Drill;

/// <summary>The article of a drill, and its feed as the database has it: the truth that readers are compared with.</summary>
/// <param name="Id">The article's id.</param>
/// <param name="Slug">Its slug.</param>
/// <param name="Start">The feed's position before the drill: from here on readers must get everything.</param>
internal sealed record ArticleFeed(string Id, string Slug, string Start)
{
    private const int PageSize = 200;
    private const string Fields = "id slug commentsOpen";

    /// <summary>Finds the article.</summary>
    /// <exception cref="DrillException">There is none, or it takes no comments.</exception>
    public static async Task<ArticleFeed> FindAsync(NewsClient client, string? article, CancellationToken cancellationToken)
    {
        var found = article is null
            ? await FirstOpenAsync(client, cancellationToken)
            : await NamedAsync(client, article, cancellationToken);
        if (found is not { } json)
        {
            throw new DrillException(article is null ? "No article takes comments." : $"There is no article '{article}'.");
        }

        if (!json.GetProperty("commentsOpen").GetBoolean())
        {
            throw new DrillException($"The article '{article}' takes no comments.");
        }

        var (id, slug) = (json.GetProperty("id").GetString()!, json.GetProperty("slug").GetString()!);
        var data = await client.QueryAsync(
            "query($articleId: ID!) { commentFeed(articleId: $articleId) { position } }", new { articleId = id }, cancellationToken);
        return new ArticleFeed(id, slug, data.GetProperty("commentFeed").GetProperty("position").GetString()!);
    }

    /// <summary>Every event of the feed since the start.</summary>
    public async Task<IReadOnlyList<ReceivedEvent>> ReadAsync(NewsClient client, CancellationToken cancellationToken)
    {
        const string Query =
            "query($articleId: ID!, $after: String, $first: Int) { commentFeed(articleId: $articleId, after: $after, first: $first) { events { "
            + ReceivedEvent.Fields + " } position hasMore } }";
        var all = new List<ReceivedEvent>();
        var after = Start;
        while (true)
        {
            var data = await client.QueryAsync(Query, new { articleId = Id, after, first = PageSize }, cancellationToken);
            if (data.GetProperty("commentFeed") is not { ValueKind: JsonValueKind.Object } page)
            {
                throw new DrillException("The article has disappeared during the drill.");
            }

            all.AddRange(page.GetProperty("events").EnumerateArray().Select(ReceivedEvent.Of));
            if (all.Any(e => e.IsReset))
            {
                throw new DrillException("The feed's beginning was pruned during the drill: allow it more age and events, or make the drill shorter.");
            }

            if (!page.GetProperty("hasMore").GetBoolean())
            {
                return all;
            }

            after = page.GetProperty("position").GetString()!;
        }
    }

    private static async Task<JsonElement?> FirstOpenAsync(NewsClient client, CancellationToken cancellationToken)
    {
        var data = await client.QueryAsync(
            $"{{ articles(first: 1, where: {{ commentsOpen: {{ eq: true }} }}) {{ nodes {{ {Fields} }} }} }}", new { }, cancellationToken);
        return data.GetProperty("articles").GetProperty("nodes").EnumerateArray().Cast<JsonElement?>().FirstOrDefault();
    }

    private static async Task<JsonElement?> NamedAsync(NewsClient client, string article, CancellationToken cancellationToken)
    {
        var (query, name) = IsId(article)
            ? ($"query($article: ID!) {{ node(id: $article) {{ ... on Article {{ {Fields} }} }} }}", "node")
            : ($"query($article: String!) {{ articleBySlug(slug: $article) {{ {Fields} }} }}", "articleBySlug");
        var data = await client.QueryAsync(query, new { article }, cancellationToken);
        return data.GetProperty(name) is { ValueKind: JsonValueKind.Object } found ? found : null;
    }

    // Ids are opaque to clients; this only tells one from a slug, which has no such bytes in it.
    private static bool IsId(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(text, bytes, out var length) && bytes[..length].StartsWith("Article:"u8);
    }
}
