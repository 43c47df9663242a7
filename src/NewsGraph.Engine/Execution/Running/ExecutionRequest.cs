using GraphQL.Execution;
using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>What an execution works with.</summary>
/// <param name="Input">The plan and its values.</param>
/// <param name="Context">What resolvers find as their user context.</param>
/// <param name="Services">The services of the request.</param>
/// <param name="Strategy">What resolvers find as the strategy.</param>
/// <param name="Unhandled">Told of what resolvers threw that is no error of GraphQL: the exception and the field's path.</param>
internal sealed record ExecutionRequest(
    OperationInput Input,
    OperationContext Context,
    IServiceProvider Services,
    IExecutionStrategy Strategy,
    Action<Exception, IEnumerable<object>> Unhandled);
