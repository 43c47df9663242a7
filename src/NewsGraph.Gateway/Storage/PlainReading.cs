using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Gateway.Storage;

/// <summary>Reading without Entity Framework's translation, whose first use takes longer than all the rest of a start.</summary>
internal static class PlainReading
{
    /// <summary>The rows of a statement without values.</summary>
    /// <param name="database">A context's database.</param>
    /// <param name="statement">A text of this code's own.</param>
    /// <param name="read">Makes a row.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<List<T>> ReadPlainAsync<T>(
        this DatabaseFacade database, string statement, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        // No interceptor sees it.
        DataReads.Current?.Forbid();
        await database.OpenConnectionAsync(cancellationToken);
        await using var command = database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The text is the code's own.
        command.CommandText = statement;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
