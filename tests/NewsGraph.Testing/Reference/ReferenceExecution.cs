using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace NewsGraph.Testing.Reference;

/// <summary>Executes operations as GraphQL.NET does, for comparison with the engine's own way.</summary>
/// <param name="services">The services the schema's resolvers need; opened anew for each operation.</param>
public sealed class ReferenceExecution(IServiceProvider services)
{
    private readonly Executer _executer = new();

    /// <summary>Executes an operation that is not a subscription.</summary>
    /// <param name="request">The operation.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<ComparableResult> RunAsync(OperationRequest request, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var result = await _executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = services.GetRequiredService<ISchema>(),
            Query = request.Query,
            OperationName = request.OperationName,
            Variables = InputsReader.Read(request.Variables),
            UserContext = new Dictionary<string, object?>(StringComparer.Ordinal),
            User = request.User,
            RequestServices = scope.ServiceProvider,
            CancellationToken = cancellationToken,
            UnhandledExceptionDelegate = context =>
            {
                ErrorId.Assign(context.OriginalException);
                return Task.CompletedTask;
            },
        });
        return ComparableResult.Of(Write(result));
    }

    private byte[] Write(ExecutionResult result)
    {
        // The errors are formatted as everywhere; the data is written from GraphQL.NET's own tree.
        var errors = new ResultWriter(services.GetRequiredService<IErrorFormatter>()).Write(new ExecutionResult
        {
            Errors = result.Errors,
            Executed = result.Executed,
            Extensions = result.Extensions,
        });
        if (result.Data is null)
        {
            return errors.Json.ToArray();
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        using (var others = JsonDocument.Parse(errors.Json))
        {
            foreach (var other in others.RootElement.EnumerateObject().Where(other => other.Name != "data"))
            {
                json.WritePropertyName(other.Name);
                json.WriteRawValue(other.Value.GetRawText());
            }
        }

        json.WritePropertyName("data");
        Write(json, (ExecutionNode)result.Data);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ExecutionNode node)
    {
        switch (node)
        {
            case ObjectExecutionNode { SubFields: { } fields }:
                json.WriteStartObject();
                foreach (var field in fields)
                {
                    json.WritePropertyName(field.Name!);
                    Write(json, field);
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
                    Write(json, item);
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

    private sealed class Executer() : DocumentExecuter(new GraphQLDocumentBuilder(), new DocumentValidator())
    {
        protected override IExecutionStrategy SelectExecutionStrategy(ExecutionContext context) =>
            context.Operation.Operation == OperationType.Mutation ? new SerialExecutionStrategy() : new ParallelExecutionStrategy();
    }
}
