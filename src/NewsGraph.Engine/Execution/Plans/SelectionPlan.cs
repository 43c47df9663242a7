using GraphQL.Types;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>The fields to give of objects of one type, at one place of an operation.</summary>
internal sealed class SelectionPlan
{
    public SelectionPlan(IObjectGraphType type, IReadOnlyList<FieldPlan> fields)
    {
        Type = type;
        Fields = [.. fields];
        var resolved = new List<FieldPlan>(fields.Count);
        foreach (var field in fields)
        {
            field.Join(this, field.IsWrittenFromSource ? FieldPlan.NoPlace : resolved.Count);
            if (!field.IsWrittenFromSource)
            {
                resolved.Add(field);
            }
        }

        Resolved = [.. resolved];
    }

    public IObjectGraphType Type { get; }

    /// <summary>All fields, in the order of the answer.</summary>
    public FieldPlan[] Fields { get; }

    /// <summary>Those whose value must be known before anything is written; each has a place of its own.</summary>
    public FieldPlan[] Resolved { get; }
}
