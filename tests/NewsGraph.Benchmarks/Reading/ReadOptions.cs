namespace NewsGraph.Benchmarks.Reading;

/// <summary>What is measured, and how long.</summary>
/// <param name="Folder">The folder of the gateway's database.</param>
/// <param name="Settings">Settings of the gateway, each <c>Section:Key=value</c>.</param>
/// <param name="Connections">How many are asked on at a time.</param>
/// <param name="Seconds">How long each server is asked in a run.</param>
/// <param name="Sample">How many different requests there are.</param>
internal sealed record ReadOptions(string Folder, IReadOnlyList<string> Settings, int Connections, int Seconds, int Sample)
{
    /// <summary>How many answers are compared byte by byte beforehand.</summary>
    public const int Compared = 200;

    public TimeSpan Run => TimeSpan.FromSeconds(Seconds);
}
