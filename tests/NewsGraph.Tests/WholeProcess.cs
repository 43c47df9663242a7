namespace NewsGraph.Tests;

/// <summary>Tests that measure the whole process, so none runs beside them.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
