using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>The metadata keys under which fields, arguments and input fields carry what they cost.</summary>
internal static class FieldCost
{
    /// <summary>The weight (<see cref="double"/>); wins over the default of the field's kind.</summary>
    public const string WeightKey = CostMetadata.Weight;

    /// <summary>How long the field's list gets (<see cref="ListSize"/>).</summary>
    public const string ListSizeKey = CostMetadata.ListSize;
}
