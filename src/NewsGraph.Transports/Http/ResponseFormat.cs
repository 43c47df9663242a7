namespace NewsGraph.Transports.Http;

/// <summary>The shapes an answer can take.</summary>
internal enum ResponseFormat
{
    GraphQLResponse,
    Json,
    EventStream,
    JsonLines,
    GraphQLResponseLines,
}

/// <summary>Media types of the formats.</summary>
internal static class MediaTypes
{
    public const string GraphQLResponse = "application/graphql-response+json";
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream";
    public const string JsonLines = "application/jsonl";
    public const string GraphQLResponseLines = "application/graphql-response+jsonl";
    public const string MultipartForm = "multipart/form-data";

    public static string ContentType(ResponseFormat format) => format switch
    {
        ResponseFormat.GraphQLResponse => GraphQLResponse + "; charset=utf-8",
        ResponseFormat.Json => Json + "; charset=utf-8",
        ResponseFormat.EventStream => EventStream + "; charset=utf-8",
        ResponseFormat.JsonLines => JsonLines,
        _ => GraphQLResponseLines,
    };
}
