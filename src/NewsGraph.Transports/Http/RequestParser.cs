using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Transports.Http;

/// <summary>Turns the bytes of a body, or the parameters of a URL, into a request. Unknown keys are ignored.</summary>
internal static class RequestParser
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 64,
    };

    public static OperationRequest? ParseBody(ReadOnlyMemory<byte> body, out RequestRefusal? refusal)
    {
        if (body.IsEmpty)
        {
            refusal = RequestRefusal.Unreadable("The request body is empty.");
            return null;
        }

        if (!Utf8.IsValid(body.Span))
        {
            refusal = RequestRefusal.Unreadable("The request body is not valid UTF-8.");
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(body, Lenient);
            return ReadObject(json.RootElement, out refusal);
        }
        catch (JsonException exception)
        {
            refusal = RequestRefusal.Unreadable(Describe(exception));
        }
        catch (InvalidOperationException)
        {
            refusal = RequestRefusal.Unreadable("The request body is not valid Unicode.");
        }

        return null;
    }

    public static bool IsOperation(IQueryCollection parameters) =>
        parameters.ContainsKey("query")
        || parameters.ContainsKey("id")
        || parameters.ContainsKey("documentId")
        || parameters.ContainsKey("extensions");

    public static OperationRequest? ParseUrl(IQueryCollection parameters, out RequestRefusal? refusal)
    {
        refusal = null;
        if (!TryParseObject(parameters, "variables", out var variables, ref refusal)
            || !TryParseObject(parameters, "extensions", out var extensions, ref refusal))
        {
            return null;
        }

        return new OperationRequest
        {
            Query = parameters["query"],
            DocumentId = Text(parameters, "id") ?? Text(parameters, "documentId"),
            OperationName = Text(parameters, "operationName"),
            Variables = variables,
            Extensions = extensions,
        };
    }

    private static string? Text(IQueryCollection parameters, string key) =>
        string.IsNullOrEmpty(parameters[key]) ? null : parameters[key].ToString();

    private static OperationRequest? ReadObject(JsonElement root, out RequestRefusal? refusal)
    {
        refusal = root.ValueKind switch
        {
            JsonValueKind.Object => null,
            JsonValueKind.Array => RequestRefusal.Batch,
            _ => RequestRefusal.Unreadable("The request must be a JSON object."),
        };
        if (refusal is not null)
        {
            return null;
        }

        var request = new OperationRequest();
        foreach (var property in root.EnumerateObject())
        {
            var value = property.Value;
            switch (property.Name)
            {
                case "query":
                    request = request with { Query = ReadText(value, "query", ref refusal) };
                    break;
                case "id" or "documentId":
                    request = request with { DocumentId = ReadText(value, property.Name, ref refusal) };
                    break;
                case "operationName":
                    request = request with { OperationName = ReadText(value, "operationName", ref refusal) };
                    break;
                case "variables" when value.ValueKind == JsonValueKind.Array:
                    refusal ??= RequestRefusal.Batch;
                    break;
                case "variables":
                    request = request with { Variables = ReadMap(value, "variables", ref refusal) };
                    break;
                case "extensions":
                    request = request with { Extensions = ReadMap(value, "extensions", ref refusal) };
                    break;
            }
        }

        return refusal is null ? request : null;
    }

    private static string? ReadText(JsonElement value, string key, ref RequestRefusal? refusal)
    {
        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Null)
        {
            return value.GetString();
        }

        refusal ??= RequestRefusal.Unreadable($"The parameter {key} must be a string.");
        return null;
    }

    private static JsonElement ReadMap(JsonElement value, string key, ref RequestRefusal? refusal)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return value.Clone();
            case JsonValueKind.Null:
                return default;
            default:
                refusal ??= RequestRefusal.Unreadable($"The parameter {key} must be an object.");
                return default;
        }
    }

    private static bool TryParseObject(IQueryCollection parameters, string key, out JsonElement value, ref RequestRefusal? refusal)
    {
        value = default;
        if (Text(parameters, key) is not { } text)
        {
            return true;
        }

        try
        {
            using var json = JsonDocument.Parse(text, Lenient);
            value = ReadMap(json.RootElement, key, ref refusal);
        }
        catch (JsonException exception)
        {
            refusal = RequestRefusal.Unreadable($"The parameter {key} is not valid JSON. {Describe(exception)}");
        }

        return refusal is null;
    }

    // The reader's own text names types of the platform; the place is what helps.
    private static string Describe(JsonException exception) =>
        $"The JSON is malformed at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.";
}
