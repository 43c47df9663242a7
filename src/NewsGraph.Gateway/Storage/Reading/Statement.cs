using System.Data.Common;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>A query as it was translated: its text, which value each parameter takes, and how a row is read.</summary>
/// <typeparam name="TRow">The rows.</typeparam>
internal sealed class Statement<TRow>(
    string text, IReadOnlyList<StatementParameter> parameters, StatementReads reads, Func<DbDataReader, TRow> read) : Statement(text, parameters, reads)
{
    /// <summary>Makes the row the reader stands on.</summary>
    public Func<DbDataReader, TRow> Read { get; } = read;
}

/// <summary>The part of a statement that does not depend on its rows.</summary>
internal abstract class Statement(string text, IReadOnlyList<StatementParameter> parameters, StatementReads reads)
{
    public string Text { get; } = text;

    public IReadOnlyList<StatementParameter> Parameters { get; } = parameters;

    /// <summary>What its result depends on.</summary>
    public StatementReads Reads { get; } = reads;
}

/// <summary>A parameter and the place of the value it takes.</summary>
internal readonly record struct StatementParameter(string Name, int Place);
