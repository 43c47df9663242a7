using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Conventions.Errors;

namespace NewsGraph.Gateway.Storage;

/// <summary>What callers are told that the storage does not serve.</summary>
internal static class StorageErrors
{
    /// <summary>A write that came after the storage was closed: nothing of it was stored, and another node may take it.</summary>
    public static RequestError Closed() => new(ErrorMessages.ShuttingDown, ErrorCodes.ShuttingDown, statusCode: StatusCodes.Status503ServiceUnavailable);
}
