using System.Diagnostics.CodeAnalysis;

namespace NewsGraph.Transports.Connections;

/// <summary>Spreads clients that were told to come back, so that they do not all come at once.</summary>
internal static class Jitter
{
    /// <summary>A time somewhere between two, each as likely as any other.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Nobody gains anything by guessing when another client comes back.")]
    public static TimeSpan Between(TimeSpan from, TimeSpan to) => from + (Random.Shared.NextDouble() * (to - from));
}
