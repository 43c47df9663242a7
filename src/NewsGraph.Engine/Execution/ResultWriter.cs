using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;

namespace NewsGraph.Engine.Execution;

/// <summary>Writes results as compact UTF-8 JSON in the order errors, data, extensions. Safe for concurrent use.</summary>
internal sealed class ResultWriter(IErrorFormatter formatter)
{
    private const int MaxErrorsWhenNotExecuted = 5;
    private const int MaxLocationsPerError = 5;

    // A buffer that once held a huge answer is not worth keeping.
    private const int MaxPooledBytes = 1024 * 1024;

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public OperationResult Write(ExecutionResult result, IReadOnlyDictionary<string, object?>? extensions = null)
    {
        var buffer = _buffer ?? new ArrayBufferWriter<byte>(4096);
        _buffer = null;
        try
        {
            int? status = null;
            var (errorsStart, errorsEnd) = (0, 0);
            using (var json = new Utf8JsonWriter(buffer, Compact))
            {
                json.WriteStartObject();
                if (result.Errors is { Count: > 0 } errors)
                {
                    json.WritePropertyName("errors"u8);
                    errorsStart = Position(json);
                    status = WriteErrors(json, errors, result.Executed);
                    errorsEnd = Position(json);
                }

                if (result.Executed)
                {
                    json.WritePropertyName("data"u8);
                    WriteData(json, result.Data);
                }

                WriteExtensions(json, extensions, result.Extensions);
                json.WriteEndObject();
            }

            var bytes = buffer.WrittenSpan.ToArray();
            return new OperationResult
            {
                Json = bytes,
                ErrorsJson = bytes.AsMemory(errorsStart, errorsEnd - errorsStart),
                Executed = result.Executed,
                StatusCode = status,
            };
        }
        finally
        {
            if (buffer.Capacity <= MaxPooledBytes)
            {
                buffer.ResetWrittenCount();
                _buffer = buffer;
            }
        }
    }

    private static int Position(Utf8JsonWriter json) => (int)(json.BytesCommitted + json.BytesPending);

    private int? WriteErrors(Utf8JsonWriter json, ExecutionErrors errors, bool executed)
    {
        int? status = null;
        json.WriteStartArray();
        var written = 0;
        foreach (var error in errors)
        {
            if (!executed && written == MaxErrorsWhenNotExecuted)
            {
                break;
            }

            var formatted = formatter.Format(error);
            status ??= formatted.StatusCode;
            WriteError(json, error, formatted);
            written++;
        }

        json.WriteEndArray();
        return status;
    }

    private static void WriteError(Utf8JsonWriter json, ExecutionError error, FormattedError formatted)
    {
        json.WriteStartObject();
        json.WriteString("message"u8, formatted.Message);
        if (error.Locations is { Count: > 0 } locations)
        {
            json.WriteStartArray("locations"u8);
            foreach (var location in locations.Take(MaxLocationsPerError))
            {
                json.WriteStartObject();
                json.WriteNumber("line"u8, location.Line);
                json.WriteNumber("column"u8, location.Column);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (error.Path is { } path)
        {
            json.WriteStartArray("path"u8);
            foreach (var segment in path)
            {
                JsonValues.Write(json, segment);
            }

            json.WriteEndArray();
        }

        var more = formatted.Extensions;
        if (formatted.Code is not null || more is { Count: > 0 })
        {
            json.WriteStartObject("extensions"u8);
            if (formatted.Code is not null)
            {
                json.WriteString("code"u8, formatted.Code);
            }

            foreach (var (name, value) in more ?? new Dictionary<string, object?>())
            {
                if (formatted.Code is not null && name == "code")
                {
                    continue;
                }

                json.WritePropertyName(name);
                JsonValues.Write(json, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter json, object? data)
    {
        if (data is ExecutionNode node)
        {
            WriteNode(json, node);
        }
        else
        {
            JsonValues.Write(json, data);
        }
    }

    private static void WriteNode(Utf8JsonWriter json, ExecutionNode node)
    {
        switch (node)
        {
            case ObjectExecutionNode { SubFields: { } fields }:
                json.WriteStartObject();
                foreach (var field in fields)
                {
                    json.WritePropertyName(field.Name!);
                    WriteNode(json, field);
                }

                json.WriteEndObject();
                break;
            case ObjectExecutionNode or NullExecutionNode:
                json.WriteNullValue();
                break;
            case ArrayExecutionNode { SerializedResult: { } values }:
                JsonValues.Write(json, values);
                break;
            case ArrayExecutionNode { Items: { } items }:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    WriteNode(json, item);
                }

                json.WriteEndArray();
                break;
            case ArrayExecutionNode:
                json.WriteNullValue();
                break;
            default:
                JsonValues.Write(json, node.ToValue());
                break;
        }
    }

    private static void WriteExtensions(
        Utf8JsonWriter json,
        IReadOnlyDictionary<string, object?>? own,
        Dictionary<string, object?>? fromResolvers)
    {
        if (own is not { Count: > 0 } && fromResolvers is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject("extensions"u8);
        foreach (var (name, value) in own ?? new Dictionary<string, object?>())
        {
            json.WritePropertyName(name);
            JsonValues.Write(json, value);
        }

        foreach (var (name, value) in fromResolvers ?? [])
        {
            json.WritePropertyName(name);
            JsonValues.Write(json, value);
        }

        json.WriteEndObject();
    }
}
