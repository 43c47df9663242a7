using GraphQL;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>The page a client asks for: forward from <c>after</c>, or with <c>last</c> backward from <c>before</c>.</summary>
public sealed record PageRequest
{
    private readonly string _type;
    private readonly string _field;

    private PageRequest(string type, string field) => (_type, _field) = (type, field);

    /// <summary>How many items from the start; null when only <see cref="Last"/> is given.</summary>
    public int? First { get; private init; }

    /// <summary>The cursor the page begins behind.</summary>
    public string? After { get; private init; }

    /// <summary>How many items from the end, or null. With <see cref="First"/>: of those.</summary>
    public int? Last { get; private init; }

    /// <summary>The cursor the page ends before.</summary>
    public string? Before { get; private init; }

    /// <summary>The paged field, as errors name it: <c>Query.articles</c>.</summary>
    public string Coordinate => $"{_type}.{_field}";

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
        var first = context.GetArgument<int?>(PagingArguments.First);
        var last = context.GetArgument<int?>(PagingArguments.Last);
        var request = new PageRequest(context.ParentType.Name, context.FieldDefinition.Name)
        {
            First = first is null && last is null ? Math.Min(limits.DefaultSize, limits.MaxSize) : first,
            After = context.GetArgument<string?>(PagingArguments.After),
            Last = last,
            Before = context.GetArgument<string?>(PagingArguments.Before),
        };
        request.Check(first, limits);
        request.Check(last, limits);
        return request;
    }

    private void Check(int? size, PageLimits limits)
    {
        if (size > limits.MaxSize)
        {
            throw PagingErrors.TooMany(Coordinate, size.Value, limits.MaxSize);
        }

        if (size < 0)
        {
            throw PagingErrors.Negative(Coordinate, size.Value);
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
