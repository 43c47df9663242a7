using System.Data.Common;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>A query as it was translated: its text, which value each parameter takes, and how a row is read.</summary>
/// <typeparam name="TRow">The rows.</typeparam>
internal sealed class Statement<TRow>(string text, IReadOnlyList<StatementParameter> parameters, Func<DbDataReader, TRow> read) : Statement(text, parameters)
{
    /// <summary>Makes the row the reader stands on.</summary>
    public Func<DbDataReader, TRow> Read { get; } = read;
}

/// <summary>The part of a statement that does not depend on its rows.</summary>
internal abstract class Statement(string text, IReadOnlyList<StatementParameter> parameters)
{
    public string Text { get; } = text;

    public IReadOnlyList<StatementParameter> Parameters { get; } = parameters;
}

/// <summary>A parameter and the place of the value it takes.</summary>
internal readonly record struct StatementParameter(string Name, int Place);
