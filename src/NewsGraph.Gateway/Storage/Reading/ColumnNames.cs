using System.Reflection;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>A row as nothing but named columns. Queries are projected to it to learn where each column stands; none is ever made.</summary>
internal sealed class ColumnNames
{
    /// <summary>The columns.</summary>
    public static IReadOnlyList<PropertyInfo> Properties { get; } = typeof(ColumnNames).GetProperties(BindingFlags.Instance | BindingFlags.Public);

    public object? C0 { get; init; }

    public object? C1 { get; init; }

    public object? C2 { get; init; }

    public object? C3 { get; init; }

    public object? C4 { get; init; }

    public object? C5 { get; init; }

    public object? C6 { get; init; }

    public object? C7 { get; init; }

    public object? C8 { get; init; }

    public object? C9 { get; init; }

    public object? C10 { get; init; }

    public object? C11 { get; init; }

    public object? C12 { get; init; }

    public object? C13 { get; init; }

    public object? C14 { get; init; }

    public object? C15 { get; init; }

    public object? C16 { get; init; }

    public object? C17 { get; init; }

    public object? C18 { get; init; }

    public object? C19 { get; init; }

    public object? C20 { get; init; }

    public object? C21 { get; init; }

    public object? C22 { get; init; }

    public object? C23 { get; init; }

    public object? C24 { get; init; }

    public object? C25 { get; init; }

    public object? C26 { get; init; }

    public object? C27 { get; init; }

    public object? C28 { get; init; }

    public object? C29 { get; init; }

    public object? C30 { get; init; }

    public object? C31 { get; init; }

    public object? C32 { get; init; }

    public object? C33 { get; init; }

    public object? C34 { get; init; }

    public object? C35 { get; init; }

    public object? C36 { get; init; }

    public object? C37 { get; init; }

    public object? C38 { get; init; }

    public object? C39 { get; init; }
}
