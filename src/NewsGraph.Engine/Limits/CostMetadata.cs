namespace NewsGraph.Engine.Limits;

/// <summary>The keys under which fields, arguments and types carry what <c>@cost</c> and <c>@listSize</c> say.</summary>
public static class CostMetadata
{
    /// <summary>
    /// On a field, argument, input field or type: its weight as a <see cref="double"/>. Without it: leaf 0, object 1,
    /// field of a root type 10.
    /// </summary>
    public const string Weight = "cost.weight";

    /// <summary>On a field that returns a list or a connection: a <see cref="Limits.ListSize"/>.</summary>
    public const string ListSize = "cost.listSize";
}

/// <summary>How many items a field may return.</summary>
/// <param name="AssumedSize">The size when the arguments do not tell; at least 0. Null: 1.</param>
/// <param name="SlicingArguments">The arguments that bound the size, such as <c>first</c> and <c>last</c>.</param>
/// <param name="SlicingArgumentDefaultValue">The size when none of them is given; null: the assumed size.</param>
/// <param name="SizedFields">The child fields that hold the items (<c>edges</c>, <c>nodes</c>); null: the field itself is the list.</param>
/// <param name="RequireOneSlicingArgument">Whether exactly one slicing argument must be given.</param>
public sealed record ListSize(
    int? AssumedSize = null,
    IReadOnlyList<string>? SlicingArguments = null,
    int? SlicingArgumentDefaultValue = null,
    IReadOnlyList<string>? SizedFields = null,
    bool RequireOneSlicingArgument = true);

/// <summary>What an operation costs before it runs.</summary>
/// <param name="FieldCost">The work of resolvers.</param>
/// <param name="TypeCost">The objects possibly returned.</param>
public readonly record struct OperationCost(double FieldCost, double TypeCost);
