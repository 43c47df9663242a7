using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace NewsGraph.Engine.Execution;

/// <summary>GraphQL.NET's executer with this engine's strategies; documents come parsed.</summary>
internal sealed class EngineDocumentExecuter()
    : DocumentExecuter(new GraphQLDocumentBuilder { MaxDepth = DocumentParser.MaxParserDepth }, new DocumentValidator())
{
    public SubscriptionStrategy Subscriptions { get; } = new();

    protected override IExecutionStrategy SelectExecutionStrategy(ExecutionContext context) =>
        context.Operation.Operation switch
        {
            OperationType.Mutation => SerialExecutionStrategy.Instance,
            OperationType.Subscription => Subscriptions,
            // Breadth first, so that loaders see all keys of a level before they run.
            _ => ParallelExecutionStrategy.Instance,
        };
}
