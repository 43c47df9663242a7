using GraphQL;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>What is wrong with a page's arguments; errors of the paged field.</summary>
internal static class PagingErrors
{
    public static ExecutionError TooMany(string coordinate, int requested, int allowed)
    {
        var error = new ExecutionError("The maximum allowed items per page were exceeded.") { Code = "HC0051" };
        error.AddExtension("coordinate", coordinate);
        error.AddExtension("requestedItems", requested);
        error.AddExtension("maxAllowedItems", allowed);
        return error;
    }

    public static ExecutionError Negative(string coordinate, int requested)
    {
        var error = new ExecutionError("The requested number of values per page must be at least 0.") { Code = "HC0079" };
        error.AddExtension("coordinate", coordinate);
        error.AddExtension("requestedItems", requested);
        return error;
    }

    public static ExecutionError Cursor(string coordinate, string argument, string cursor)
    {
        var error = new ExecutionError($"The cursor given to the argument `{argument}` is not one of this list in this order.") { Code = "HC0078" };
        error.AddExtension("coordinate", coordinate);
        error.AddExtension("argument", argument);
        error.AddExtension("cursor", cursor.Length <= 256 ? cursor : cursor[..256]);
        return error;
    }
}
