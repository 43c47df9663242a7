using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// Has Entity Framework translate a query once, unless that was done beforehand. Everything is checked that later runs rely on: each parameter is a place
/// and takes its value as this class would give it, each column is found by its name.
/// </summary>
internal static class StatementBuilder
{
    /// <summary>The statement, or null and why the query cannot be one.</summary>
    public static Statement<TRow>? TryBuild<TRow>(
        INewsDatabase database, NewsContext db, IQueryable<TRow> query, QueryValues values, Demand demand, bool isChosen, out string? refusal)
    {
        var shape = new RowShape(db, demand);
        var columns = shape.Project(query);
        refusal = shape.Refusal;
        if (columns is null)
        {
            return null;
        }

        // Of queries put together by clients there is no end, and none of them is known.
        var print = isChosen ? null : QueryPrint.Of(columns.Expression);
        if (print is null || database.Translations.Find(print) is not { } translation)
        {
            if (Translate(database, db, columns, values, out refusal) is not { } made)
            {
                return null;
            }

            translation = made;
            if (print is not null)
            {
                database.Translations.Made(print, made);
            }
        }

        var read = shape.Compile<TRow>(translation.Columns);
        refusal = shape.Refusal;
        return read is null ? null : new Statement<TRow>(
            database.ToText(translation.Text, translation.Parameters),
            translation.Parameters,
            TrackedTables.Of(db.Model).Statements.ReadsOf(translation.Text),
            read);
    }

    private static Translation? Translate(
        INewsDatabase database, NewsContext db, IQueryable<ColumnNames> query, QueryValues values, out string? refusal)
    {
        // The context opens the connection, so that its own settings hold.
        db.Database.OpenConnection();
        using var command = query.CreateDbCommand();
        var parameters = new List<StatementParameter>();
        refusal = null;
        foreach (DbParameter parameter in command.Parameters)
        {
            if (PlaceOf(database, parameter, values) is not { } place)
            {
                refusal = $"Its parameter {parameter.ParameterName} is not one of its values.";
                return null;
            }

            if (parameter.Value is string text)
            {
                // Run here past the interceptor that cleans it elsewhere.
                parameter.Value = StorableText.Clean(text);
            }

            parameters.Add(new StatementParameter(parameter.ParameterName, place));
        }

        using var reader = command.ExecuteReader();
        return new Translation(command.CommandText, parameters, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
    }

    private static int? PlaceOf(INewsDatabase database, DbParameter parameter, QueryValues values)
    {
        for (var place = 0; place < values.Values.Count; place++)
        {
            if (parameter.ParameterName.TrimStart('@') == QueryValues.NameOf(place))
            {
                return IsSame(parameter.Value, database.ToParameter(values.Values[place])) ? place : null;
            }
        }

        return null;
    }

    private static bool IsSame(object? one, object other) =>
        one switch
        {
            IEnumerable<long> keys => other is IEnumerable<long> others && keys.SequenceEqual(others),

            // Whether it was cleaned already does not depend on the query.
            string text => StorableText.Clean(text).Equals(other),
            _ => Equals(one, other),
        };
}
