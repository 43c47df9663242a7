using System.Text.Json;
using System.Text.RegularExpressions;

namespace NewsGraph.Testing.Reference;

/// <summary>A result taken apart for comparison: the bytes of its data and extensions, its errors in any order and without ids.</summary>
/// <param name="Data">The data's JSON, or null when there is none.</param>
/// <param name="Errors">The errors' JSON, sorted.</param>
/// <param name="Extensions">The extensions' JSON, or null.</param>
public sealed partial record ComparableResult(string? Data, IReadOnlyList<string> Errors, string? Extensions)
{
    /// <summary>Takes a result apart.</summary>
    /// <param name="result">Its JSON.</param>
    public static ComparableResult Of(ReadOnlyMemory<byte> result)
    {
        using var json = JsonDocument.Parse(result);
        var root = json.RootElement;
        var errors = root.TryGetProperty("errors", out var list) ? list.EnumerateArray().Select(error => Id().Replace(error.GetRawText(), "an id")) : [];
        return new ComparableResult(
            root.TryGetProperty("data", out var data) ? data.GetRawText() : null,
            [.. errors.OrderBy(error => Locations().Replace(error, ""), StringComparer.Ordinal).ThenBy(error => error, StringComparer.Ordinal)],
            root.TryGetProperty("extensions", out var extensions) ? extensions.GetRawText() : null);
    }

    /// <summary>
    /// Whether the engine's result is what GraphQL.NET gives. GraphQL.NET forgets where a field stands that is written
    /// twice; the engine tells the first place.
    /// </summary>
    /// <param name="actual">The engine's result.</param>
    public bool Matches(ComparableResult actual) =>
        Data == actual.Data
        && Extensions == actual.Extensions
        && Errors.Count == actual.Errors.Count
        && Errors.Zip(actual.Errors).All(pair => pair.First == pair.Second || pair.First == Locations().Replace(pair.Second, ""));

    /// <inheritdoc/>
    public override string ToString() => $"{Data}\n{string.Join('\n', Errors)}\n{Extensions}";

    [GeneratedRegex("(?<=\"),\"locations\":\\[[^]]*\\](?=,\"path\"|,\"extensions\"|\\})")]
    private static partial Regex Locations();

    [GeneratedRegex("(?<=\"errorId\":\")[0-9a-f]{12}(?=\")")]
    private static partial Regex Id();
}
