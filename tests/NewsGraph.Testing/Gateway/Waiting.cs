namespace NewsGraph.Testing.Gateway;

/// <summary>How long tests wait for what must happen.</summary>
public static class Waiting
{
    /// <summary>Far longer than anything takes; only a failure reaches it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
}
