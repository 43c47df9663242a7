using GraphQL;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>What is wrong with a page's arguments; errors of the paged field.</summary>
internal static class PagingErrors
{
    public static ExecutionError TooMany(string coordinate, int requested, int allowed)
    {
        var error = new ExecutionError(ErrorMessages.PageSizeExceeded) { Code = ErrorCodes.PageSizeExceeded };
        error.AddExtension("coordinate", coordinate);
        error.AddExtension("requestedItems", requested);
        error.AddExtension("maxAllowedItems", allowed);
        return error;
    }

    public static ExecutionError Negative(string coordinate, int requested)
    {
        var error = new ExecutionError(ErrorMessages.PageSizeNegative) { Code = ErrorCodes.PageSizeNegative };
        error.AddExtension("coordinate", coordinate);
        error.AddExtension("requestedItems", requested);
        return error;
    }

    public static ExecutionError Cursor(string coordinate, string argument, string cursor)
    {
        var error = new ExecutionError($"The cursor given to the argument `{argument}` is not one of this list in this order.") { Code = ErrorCodes.InvalidCursor };
        error.AddExtension("coordinate", coordinate);
        error.AddExtension("argument", argument);
        error.AddExtension("cursor", cursor.Length <= 256 ? cursor : cursor[..256]);
        return error;
    }
}
