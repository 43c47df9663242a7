using GraphQL.Validation;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Engine.Limits;

/// <summary>Refuses an operation whose cost, known before it runs, is over the limit.</summary>
internal sealed class CostRule(GraphQLLimitsOptions limits) : ValidationRuleBase
{
    private const string Code = ErrorCodes.Cost;

    /// <summary>Whether a cost is within the limits, or nobody minds.</summary>
    public bool Allows(OperationCost cost) =>
        !limits.EnforceCost || (cost.FieldCost <= limits.MaxFieldCost && cost.TypeCost <= limits.MaxTypeCost);

    public override ValueTask<INodeVisitor?> GetPostNodeVisitorAsync(ValidationContext context)
    {
        if (context.HasErrors || context.UserContext is not OperationContext operation)
        {
            return default;
        }

        var document = operation.Document;
        if (document.FindCost(operation.Request.OperationName) is not { } cost)
        {
            var analysis = new CostAnalysis(context.Schema, context.Document, context.Operation, context.Variables);
            cost = analysis.Run();
            if (analysis.Refusal is { } refusal)
            {
                context.ReportError(refusal);
                return default;
            }

            if (!analysis.DependsOnVariables)
            {
                document.RememberCost(operation.Request.OperationName, cost);
            }
        }

        operation.Cost = cost;
        if (limits.EnforceCost)
        {
            Enforce(context, cost);
        }

        return default;
    }

    private void Enforce(ValidationContext context, OperationCost cost)
    {
        if (cost.FieldCost > limits.MaxFieldCost)
        {
            context.ReportError(Over("field", cost.FieldCost, limits.MaxFieldCost));
        }
        else if (cost.TypeCost > limits.MaxTypeCost)
        {
            context.ReportError(Over("type", cost.TypeCost, limits.MaxTypeCost));
        }
    }

    private static RefusedError Over(string kind, double cost, int max) => new(
        $"The maximum allowed {kind} cost was exceeded.",
        Code,
        new Dictionary<string, object?>
        {
            [kind + "Cost"] = cost,
            ["max" + char.ToUpperInvariant(kind[0]) + kind[1..] + "Cost"] = max,
        });
}
