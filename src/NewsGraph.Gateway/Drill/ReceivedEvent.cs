using System.Text.Json;

namespace NewsGraph.Gateway.Drill;

/// <summary>An event of an article's feed, as a client gets it.</summary>
/// <param name="Type">The event's GraphQL type.</param>
/// <param name="Position">Its place in the feed.</param>
/// <param name="Text">The comment's text, when it brings one.</param>
internal sealed record ReceivedEvent(string Type, string Position, string? Text)
{
    /// <summary>What the drill asks of every event.</summary>
    public const string Fields = "__typename position ... on CommentAdded { comment { bodyText } }";

    /// <summary>The subscription of every reader.</summary>
    public const string Subscription =
        "subscription Drill($articleId: ID!, $after: String) { onCommentFeed(articleId: $articleId, after: $after) { " + Fields + " } }";

    /// <summary>Whether it says that the position asked for cannot be honoured.</summary>
    public bool IsReset => Type == "FeedReset";

    /// <summary>Reads a result of <see cref="Subscription"/>.</summary>
    /// <exception cref="DrillRefusedException">It holds errors instead.</exception>
    public static ReceivedEvent OfResult(JsonElement result) =>
        result.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && !result.TryGetProperty("errors", out _)
            ? Of(data.GetProperty("onCommentFeed"))
            : throw new DrillRefusedException(DrillRefusedException.Describe(result));

    /// <summary>Reads an event with <see cref="Fields"/>.</summary>
    public static ReceivedEvent Of(JsonElement element) => new(
        element.GetProperty("__typename").GetString()!,
        element.GetProperty("position").GetString()!,
        element.TryGetProperty("comment", out var comment) && comment.ValueKind == JsonValueKind.Object ? comment.GetProperty("bodyText").GetString() : null);
}

/// <summary>A node answered with errors.</summary>
internal sealed class DrillRefusedException(string message) : Exception(message)
{
    /// <summary>The first error of a result, or of a list of errors: its code, else its message.</summary>
    public static string Describe(JsonElement answer)
    {
        var errors = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("errors", out var inside) ? inside : answer;
        var first = errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0 ? errors[0] : errors;
        return first.ValueKind == JsonValueKind.Object && first.TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("code", out var code)
            ? $"refused: {code}"
            : $"refused: {first}";
    }
}
