namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>The page sizes of a field.</summary>
/// <param name="DefaultSize">Items when the client asks for no size. Default: 10.</param>
/// <param name="MaxSize">The most a client may ask for. Default: 50.</param>
public sealed record PageLimits(int DefaultSize = 10, int MaxSize = 50)
{
    /// <summary>The defaults.</summary>
    public static PageLimits Default { get; } = new();
}
