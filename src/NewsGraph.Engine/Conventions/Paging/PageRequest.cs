using GraphQL;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>The page a client asks for: forward from <c>after</c>, or with <c>last</c> backward from <c>before</c>.</summary>
public sealed record PageRequest
{
    /// <summary>How many items from the start; null when only <see cref="Last"/> is given.</summary>
    public int? First { get; private init; }

    /// <summary>The cursor the page begins behind.</summary>
    public string? After { get; private init; }

    /// <summary>How many items from the end, or null. With <see cref="First"/>: of those.</summary>
    public int? Last { get; private init; }

    /// <summary>The cursor the page ends before.</summary>
    public string? Before { get; private init; }

    /// <summary>The paged field, as errors name it: <c>Query.articles</c>.</summary>
    public required string Coordinate { get; init; }

    /// <summary>Whether the page is counted from the end.</summary>
    public bool IsBackward => First is null;

    /// <summary>How many items the page has at most.</summary>
    public int Size => First ?? Last!.Value;

    /// <summary>Reads the arguments of a paged field.</summary>
    /// <param name="context">The field's context.</param>
    /// <param name="limits">The field's page sizes.</param>
    /// <exception cref="ExecutionError"><c>HC0051</c>: more than allowed. <c>HC0079</c>: fewer than none.</exception>
    public static PageRequest Read(IResolveFieldContext context, PageLimits limits)
    {
        var coordinate = $"{context.ParentType.Name}.{context.FieldDefinition.Name}";
        var first = context.GetArgument<int?>(PagingArguments.First);
        var last = context.GetArgument<int?>(PagingArguments.Last);
        Check(first, limits, coordinate);
        Check(last, limits, coordinate);
        return new PageRequest
        {
            First = first is null && last is null ? Math.Min(limits.DefaultSize, limits.MaxSize) : first,
            After = context.GetArgument<string?>(PagingArguments.After),
            Last = last,
            Before = context.GetArgument<string?>(PagingArguments.Before),
            Coordinate = coordinate,
        };
    }

    private static void Check(int? size, PageLimits limits, string coordinate)
    {
        if (size > limits.MaxSize)
        {
            throw PagingErrors.TooMany(coordinate, size.Value, limits.MaxSize);
        }

        if (size < 0)
        {
            throw PagingErrors.Negative(coordinate, size.Value);
        }
    }
}

/// <summary>The names of a paged field's arguments.</summary>
internal static class PagingArguments
{
    public const string First = "first";
    public const string After = "after";
    public const string Last = "last";
    public const string Before = "before";
    public const string Where = "where";
    public const string Order = "order";
}
