using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GraphQL.Types;
using GraphQLParser.AST;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Execution.Plans;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution;

/// <summary>A parsed document and what was learnt about it. Shared by all requests that send the same text.</summary>
internal sealed class CachedDocument(string text, GraphQLDocument syntax) : KnownDocument
{
    // A syntax tree and its plan take many times their text; an estimate is enough to bound the cache.
    private const int TreeBytesPerCharacter = 26;

    private readonly ConcurrentDictionary<string, OperationCost> _costs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _sharedVariables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PlannedOperation?> _planned = new(StringComparer.Ordinal);
    private string? _sha256;
    private volatile bool _validated;

    public override string Text { get; } = text;

    public GraphQLDocument Syntax { get; } = syntax;

    public long EstimatedBytes => 512 + ((long)Text.Length * TreeBytesPerCharacter);

    /// <summary>Whether the document passed every rule that does not depend on variables.</summary>
    public bool Validated
    {
        get => _validated;
        set => _validated = value;
    }

    /// <summary>The lower-case hexadecimal SHA-256 of the text: the document's id for clients.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public OperationCost? FindCost(string? operationName) =>
        _costs.TryGetValue(operationName ?? "", out var cost) ? cost : null;

    /// <summary>Remembers a cost that holds for all variables.</summary>
    public void RememberCost(string? operationName, OperationCost cost) => _costs[operationName ?? ""] = cost;

    /// <summary>The variables of a validated subscription that decide what its results look like.</summary>
    public IReadOnlyList<string> SharedVariablesOf(GraphQLOperationDefinition operation) => _sharedVariables.GetOrAdd(
        operation.Name?.StringValue ?? "", static (_, args) => SharedVariables.Of(args.Syntax, args.operation), (Syntax, operation));

    /// <summary>The plan of an operation of the validated document; null when GraphQL.NET has to say what is wrong with it.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="operationName">The operation's name, or null when there is one alone.</param>
    public PlannedOperation? FindPlan(ISchema schema, string? operationName) => _planned.GetOrAdd(
        operationName ?? "",
        static (name, args) => args.Document.FindOperation(name) is { } operation
            ? PlannedOperation.TryMake(args.schema, args.Document.Syntax, operation)
            : null,
        (Document: this, schema));

    public GraphQLOperationDefinition? FindOperation(string? name)
    {
        GraphQLOperationDefinition? found = null;
        foreach (var definition in Syntax.Definitions)
        {
            if (definition is not GraphQLOperationDefinition operation)
            {
                continue;
            }

            if (!string.IsNullOrEmpty(name))
            {
                if (operation.Name is not null && operation.Name.Value == name)
                {
                    return operation;
                }
            }
            else if (found is not null)
            {
                return null;
            }
            else
            {
                found = operation;
            }
        }

        return found;
    }
}
