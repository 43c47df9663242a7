using System.Text.Json;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Transports.WebSockets;

/// <summary>Reads the GraphQL request inside a <c>subscribe</c> or <c>start</c> message.</summary>
internal static class SubscribePayload
{
    /// <summary>Reads a request; unknown keys are ignored, as over HTTP.</summary>
    /// <param name="payload">The payload's JSON text.</param>
    /// <returns>The request, independent of <paramref name="payload"/>, or null when it is not built like one.</returns>
    public static OperationRequest? TryRead(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(payload);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what a value of the wrong kind, or a string with half a surrogate pair, gives.
            return null;
        }
    }

    private static OperationRequest? Read(JsonElement root)
    {
        string? query = null;
        string? documentId = null;
        string? operationName = null;
        JsonElement variables = default;
        JsonElement extensions = default;
        foreach (var property in root.EnumerateObject())
        {
            if (property.NameEquals("query"u8))
            {
                query = property.Value.GetString();
            }
            else if (property.NameEquals("id"u8) || property.NameEquals("documentId"u8))
            {
                documentId = property.Value.GetString();
            }
            else if (property.NameEquals("operationName"u8))
            {
                operationName = property.Value.GetString();
            }
            else if (property.NameEquals("variables"u8))
            {
                variables = property.Value;
            }
            else if (property.NameEquals("extensions"u8))
            {
                extensions = property.Value;
            }
        }

        return IsObjectOrAbsent(variables) && IsObjectOrAbsent(extensions)
            ? new OperationRequest
            {
                Query = query,
                DocumentId = documentId,
                OperationName = operationName,
                Variables = Own(variables),
                Extensions = Own(extensions),
            }
            : null;
    }

    private static bool IsObjectOrAbsent(JsonElement element) =>
        element.ValueKind is JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined;

    private static JsonElement Own(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.Clone() : default;
}
