using System.Text.Json;
using GraphQL;
using NewsGraph.Engine.Execution.Json;
using NewsGraph.Engine.Execution.Running;

namespace NewsGraph.Engine.Execution;

/// <summary>Writes results as compact UTF-8 JSON in the order errors, data, extensions. Safe for concurrent use.</summary>
internal sealed class ResultWriter(IErrorFormatter formatter)
{
    private const int MaxErrorsWhenNotExecuted = 5;
    private const int MaxLocationsPerError = 5;

    /// <summary>Begins a result; its data comes next.</summary>
    /// <param name="data">An empty buffer.</param>
    public static void Begin(JsonBuffer data) => data.Raw("{\"data\":"u8);

    /// <summary>Completes the result of an execution.</summary>
    /// <param name="data">What <see cref="Begin"/> and the execution wrote; the result's own from now on.</param>
    /// <param name="execution">The execution.</param>
    /// <param name="extensions">Extensions of the engine's, or null.</param>
    public OperationResult Finish(JsonBuffer data, PlannedExecution execution, IReadOnlyDictionary<string, object?>? extensions = null)
    {
        WriteExtensions(data, extensions, execution.ExtensionsFound);
        data.Byte((byte)'}');
        if (execution.ErrorsFound is not { Count: > 0 } errors)
        {
            return new OperationResult(data) { Json = data.Written, Executed = true };
        }

        using (data)
        {
            var whole = new JsonBuffer();
            whole.Byte((byte)'{');
            var (range, status) = WriteErrors(whole, errors, isExecuted: true);
            whole.Byte((byte)',');
            whole.Raw(data.Written.Span[1..]);
            return Result(whole, range, status, executed: true);
        }
    }

    /// <summary>The result of an operation that was refused.</summary>
    /// <param name="error">Why.</param>
    public OperationResult Write(ExecutionError error) => Write(new ExecutionResult(error));

    /// <summary>The result of an operation whose errors are all there is to tell.</summary>
    /// <param name="result">The errors; null for the data where it counts as executed.</param>
    /// <param name="extensions">Extensions of the engine's, or null.</param>
    public OperationResult Write(ExecutionResult result, IReadOnlyDictionary<string, object?>? extensions = null)
    {
        using var output = new JsonBuffer();
        output.Byte((byte)'{');
        var range = default(Range);
        int? status = null;
        if (result.Errors is { Count: > 0 } errors)
        {
            (range, status) = WriteErrors(output, errors, result.Executed);
        }

        if (result.Executed)
        {
            output.Raw(output.Length == 1 ? "\"data\":null"u8 : ",\"data\":null"u8);
        }

        WriteExtensions(output, extensions, result.Extensions);
        output.Byte((byte)'}');
        var bytes = output.Written.ToArray();
        return new OperationResult { Json = bytes, ErrorsJson = bytes.AsMemory()[range], Executed = result.Executed, StatusCode = status };
    }

    private static OperationResult Result(JsonBuffer json, Range errors, int? status, bool executed) =>
        new(json) { Json = json.Written, ErrorsJson = json.Written[errors], Executed = executed, StatusCode = status };

    private (Range Errors, int? Status) WriteErrors(JsonBuffer output, ExecutionErrors errors, bool isExecuted)
    {
        output.Raw("\"errors\":"u8);
        var start = output.Length;
        int? status = null;
        using (var json = output.NewWriter())
        {
            json.WriteStartArray();
            foreach (var error in isExecuted ? errors : errors.Take(MaxErrorsWhenNotExecuted))
            {
                var formatted = formatter.Format(error is RepeatedError repeated ? repeated.Original : error);
                status ??= formatted.StatusCode;
                WriteError(json, error, formatted);
            }

            json.WriteEndArray();
        }

        return (start..output.Length, status);
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

        WriteErrorExtensions(json, formatted);
        json.WriteEndObject();
    }

    private static void WriteErrorExtensions(Utf8JsonWriter json, FormattedError formatted)
    {
        var more = formatted.Extensions;
        if (formatted.Code is null && more is not { Count: > 0 })
        {
            return;
        }

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

    private static void WriteExtensions(
        JsonBuffer output,
        IReadOnlyDictionary<string, object?>? own,
        Dictionary<string, object?>? fromResolvers)
    {
        if (own is not { Count: > 0 } && fromResolvers is not { Count: > 0 })
        {
            return;
        }

        output.Raw(output.Length == 1 ? "\"extensions\":"u8 : ",\"extensions\":"u8);
        using var json = output.NewWriter();
        json.WriteStartObject();
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
