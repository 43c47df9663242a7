using System.Buffers;
using System.Runtime.InteropServices;
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

    /// <summary>Reads a body; null when it is no request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="executor">Knows documents by their bytes.</param>
    /// <param name="refusal">Why it is no request.</param>
    public static OperationRequest? ParseBody(ReadOnlyMemory<byte> body, IOperationExecutor executor, out RequestRefusal? refusal)
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
            return ReadObject(json.RootElement, executor, out refusal);
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

    private static OperationRequest? ReadObject(JsonElement root, IOperationExecutor executor, out RequestRefusal? refusal)
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

        JsonElement query = default;
        string? id = null;
        string? operationName = null;
        JsonElement variables = default;
        JsonElement extensions = default;
        foreach (var property in root.EnumerateObject())
        {
            var value = property.Value;
            if (property.NameEquals("query"u8))
            {
                query = value;
                if (value.ValueKind != JsonValueKind.String)
                {
                    ReadText(value, "query", ref refusal);
                }
            }
            else if (property.NameEquals("variables"u8))
            {
                variables = ReadVariables(value, ref refusal);
            }
            else if (property.NameEquals("operationName"u8))
            {
                operationName = ReadText(value, "operationName", ref refusal);
            }
            else if (property.NameEquals("extensions"u8))
            {
                extensions = ReadMap(value, "extensions", ref refusal);
            }
            else if (property.NameEquals("id"u8) || property.NameEquals("documentId"u8))
            {
                id = ReadText(value, property.Name, ref refusal);
            }
        }

        var document = FindDocument(query, executor);
        var text = document is null && query.ValueKind == JsonValueKind.String ? query.GetString() : null;
        return refusal is not null
            ? null
            : new OperationRequest
            {
                Document = document,
                Query = text,
                DocumentId = id,
                OperationName = operationName,
                Variables = variables,
                Extensions = extensions,
            };
    }

    // Nearly always the text is known, and need not even be made a string.
    private static KnownDocument? FindDocument(JsonElement query, IOperationExecutor executor)
    {
        if (query.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var json = JsonMarshal.GetRawUtf8Value(query);
        if (!json.Contains((byte)'\\'))
        {
            return executor.FindDocument(json[1..^1]);
        }

        var text = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return executor.FindDocument(text.AsSpan(0, reader.CopyString(text)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static JsonElement ReadVariables(JsonElement value, ref RequestRefusal? refusal)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            refusal ??= RequestRefusal.Batch;
            return default;
        }

        return ReadMap(value, "variables", ref refusal);
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
