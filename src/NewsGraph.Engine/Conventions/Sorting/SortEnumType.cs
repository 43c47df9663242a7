using GraphQL.Types;

namespace NewsGraph.Engine.Conventions.Sorting;

/// <summary>A direction to sort in.</summary>
public enum SortDirection
{
    /// <summary>Smallest first; nulls before everything.</summary>
    Ascending,

    /// <summary>Largest first; nulls after everything.</summary>
    Descending,
}

/// <summary><c>enum SortEnumType { ASC DESC }</c>.</summary>
public sealed class SortEnumType : EnumerationGraphType
{
    /// <summary>Creates the type.</summary>
    public SortEnumType()
    {
        Name = "SortEnumType";
        Description = "The direction to sort in.";
        Add("ASC", SortDirection.Ascending, "Smallest, oldest or alphabetically first value first.");
        Add("DESC", SortDirection.Descending, "Largest, newest or alphabetically last value first.");
    }
}
