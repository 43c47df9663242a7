using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace NewsGraph.Engine.Execution;

/// <summary>GraphQL.NET's executer, which finds the operation and validates; documents come parsed, and execution is ours.</summary>
internal sealed class EngineDocumentExecuter()
    : DocumentExecuter(new GraphQLDocumentBuilder { MaxDepth = DocumentParser.MaxParserDepth }, new DocumentValidator())
{
    public IExecutionStrategy Strategy { get; } = new NothingLeftStrategy();

    protected override IExecutionStrategy SelectExecutionStrategy(ExecutionContext context) => Strategy;

    private sealed class NothingLeftStrategy : ExecutionStrategy
    {
        public override Task<ExecutionResult> ExecuteAsync(ExecutionContext context)
        {
            // It may still be missing in the schema, which is an error of execution.
            GetOperationRootType(context);
            return Task.FromResult<ExecutionResult>(new ValidOperation(context.Variables));
        }

        public override Task ExecuteNodeTreeAsync(ExecutionContext context, ExecutionNode rootNode) =>
            throw new NotSupportedException("Operations are executed by their plans.");
    }
}

/// <summary>An operation that GraphQL.NET has nothing against.</summary>
/// <param name="variables">Its variables, coerced.</param>
internal sealed class ValidOperation(Variables variables) : ExecutionResult
{
    public Variables Variables { get; } = variables;
}
