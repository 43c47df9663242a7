namespace NewsGraph.Benchmarks;

/// <summary>How much is measured.</summary>
internal sealed record BenchmarkOptions(int Starts, int Subscribers);
