namespace NewsGraph.PubSub.Redis;

/// <summary>Pauses that grow, each of random length, so that the nodes of a restarted Redis do not come back in step.</summary>
internal static class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause after the given number of failures, 1 or more: between half of what it may be and the whole.</summary>
    public static TimeSpan After(int failures, TimeSpan longest)
    {
        var grown = First * Math.Pow(2, Math.Min(failures - 1, 20));
        var whole = grown < longest ? grown : longest;
        return whole * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
