namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>The metadata keys under which fields, arguments and input fields carry what they cost.</summary>
internal static class FieldCost
{
    /// <summary>The weight (<see cref="double"/>); wins over the default of the field's kind.</summary>
    public const string WeightKey = "cost";

    /// <summary>How long the field's list gets (<see cref="ListSize"/>).</summary>
    public const string ListSizeKey = "listSize";
}

/// <summary>How long a field's list gets, as the directive <c>@listSize</c> says it.</summary>
/// <param name="AssumedSize">The size when it is not known before execution.</param>
/// <param name="SlicingArguments">The arguments that ask for a size.</param>
/// <param name="DefaultSize">The size when none of them is given.</param>
/// <param name="SizedFields">The field's own fields that hold the list.</param>
internal sealed record ListSize(int AssumedSize, IReadOnlyList<string> SlicingArguments, int DefaultSize, IReadOnlyList<string> SizedFields);
