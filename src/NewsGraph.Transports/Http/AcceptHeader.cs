using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Transports.Http;

/// <summary>What a client accepts, boiled down to one format for a single result and one for a stream.</summary>
internal sealed class AcceptHeader
{
    // In order of preference where the client has none.
    private static readonly (string Type, ResponseFormat Format)[] Singles =
    [
        (MediaTypes.GraphQLResponse, ResponseFormat.GraphQLResponse),
        (MediaTypes.Json, ResponseFormat.Json),
        (MediaTypes.EventStream, ResponseFormat.EventStream),
        (MediaTypes.GraphQLResponseLines, ResponseFormat.GraphQLResponseLines),
        (MediaTypes.JsonLines, ResponseFormat.JsonLines),
    ];

    private static readonly (string Type, ResponseFormat Format)[] Streams =
    [
        (MediaTypes.EventStream, ResponseFormat.EventStream),
        (MediaTypes.GraphQLResponseLines, ResponseFormat.GraphQLResponseLines),
        (MediaTypes.JsonLines, ResponseFormat.JsonLines),
    ];

    private static readonly AcceptHeader Missing = new() { Single = ResponseFormat.Json };

    private static readonly HeaderMemo<AcceptHeader?> Known = new(Parse);

    /// <summary>The format of one result, or null when the client accepts none of ours.</summary>
    public ResponseFormat? Single { get; private init; }

    /// <summary>The format of a subscription, or null when the client takes no stream.</summary>
    public ResponseFormat? Stream { get; private init; }

    public bool NothingSupported => Single is null && Stream is null;

    public OperationKinds Kinds => OperationKinds.Query | OperationKinds.Mutation
        | (Stream is null ? OperationKinds.None : OperationKinds.Subscription);

    /// <summary>Reads the header; null when it is malformed.</summary>
    /// <param name="header">The header's values.</param>
    public static AcceptHeader? TryRead(StringValues header) => StringValues.IsNullOrEmpty(header) ? Missing : Known.Read(header);

    private static AcceptHeader? Parse(StringValues header) => MediaTypeHeaderValue.TryParseStrictList(header, out var accepted)
        ? new AcceptHeader { Single = Best(accepted, Singles), Stream = Best(accepted, Streams) }
        : null;

    private static ResponseFormat? Best(IList<MediaTypeHeaderValue> accepted, (string Type, ResponseFormat Format)[] offers)
    {
        (ResponseFormat Format, double Quality, bool Named)? best = null;
        foreach (var (type, format) in offers)
        {
            var (quality, named) = Quality(accepted, type);
            if (quality > 0
                && (best is not { } other || quality > other.Quality || (quality == other.Quality && named && !other.Named)))
            {
                best = (format, quality, named);
            }
        }

        return best is { Named: false, Format: ResponseFormat.GraphQLResponse }
            && Quality(accepted, MediaTypes.Json).Quality >= best.Value.Quality
                // A wildcard comes from clients that never heard of the newer type.
                ? ResponseFormat.Json
                : best?.Format;
    }

    private static (double Quality, bool Named) Quality(IList<MediaTypeHeaderValue> accepted, string type)
    {
        MediaTypeHeaderValue? match = null;
        foreach (var candidate in accepted)
        {
            if (Matches(candidate, type) && (match is null || Specificity(candidate) > Specificity(match)))
            {
                match = candidate;
            }
        }

        if (match is null)
        {
            return (0, false);
        }

        return (match.Quality ?? 1, Specificity(match) == 2);
    }

    private static bool Matches(MediaTypeHeaderValue candidate, string type) =>
        candidate.MatchesAllTypes
        || candidate.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)
        || (candidate.MatchesAllSubTypes && type.StartsWith(candidate.Type.Value + "/", StringComparison.OrdinalIgnoreCase));

    private static int Specificity(MediaTypeHeaderValue value)
    {
        if (value.MatchesAllTypes)
        {
            return 0;
        }

        return value.MatchesAllSubTypes ? 1 : 2;
    }
}
