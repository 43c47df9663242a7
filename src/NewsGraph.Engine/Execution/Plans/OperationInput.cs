using GraphQL.Execution;
using GraphQL.Validation;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>What one request gives an operation: its plan under the request's conditions, and the values.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Variables">The variables, coerced.</param>
/// <param name="Arguments">The arguments that depend on variables, by their number in the plan.</param>
internal sealed record OperationInput(OperationPlan Plan, Variables Variables, IDictionary<string, ArgumentValue>?[] Arguments);
