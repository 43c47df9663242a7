namespace NewsGraph.Load.Fanout;

/// <summary>How much is measured.</summary>
/// <param name="Subscribers">How many subscribers on the one article.</param>
/// <param name="Rate">Comments a second while latency is measured.</param>
/// <param name="Seconds">How long latency is measured.</param>
/// <param name="Rounds">How often the most that can be carried is measured; 0 for not at all.</param>
/// <param name="RoundSeconds">How long one such measurement takes.</param>
/// <param name="Settings">The gateway's settings, each <c>--Section:Key=value</c>.</param>
internal sealed record FanoutOptions(int Subscribers, int Rate, int Seconds, int Rounds, int RoundSeconds, IReadOnlyList<string> Settings);
