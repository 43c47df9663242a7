namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>What Entity Framework makes of a query.</summary>
/// <param name="Text">The text, with its parameters by name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Columns">The names of its columns, in their order.</param>
internal sealed record Translation(string Text, IReadOnlyList<StatementParameter> Parameters, IReadOnlyList<string> Columns);
