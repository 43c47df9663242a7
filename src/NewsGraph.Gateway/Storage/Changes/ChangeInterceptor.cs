using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>
/// Sees every statement that goes through Entity Framework: of a reader's context it notes what is read, of an act's
/// context what is changed. Stateless.
/// </summary>
internal sealed class ChangeInterceptor : DbCommandInterceptor
{
    public static readonly ChangeInterceptor Instance = new();

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Note(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Note(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Note(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData);
        return ValueTask.FromResult(result);
    }

    private static void Note(DbCommand command, CommandEventData eventData)
    {
        if (eventData.Context is not NewsContext db)
        {
            return;
        }

        if (db.Changes is { } changes)
        {
            if (eventData.CommandSource != CommandSource.SaveChanges)
            {
                changes.Statement(command.CommandText);
            }
        }
        else if (eventData.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete)
        {
            throw NewsContext.NotForWriting();
        }
        else if (db.Reading is { } reading)
        {
            reading(TrackedTables.Of(db.Model).Statements.ReadsOf(command.CommandText));
        }
        else if (DataReads.Current is { } reads)
        {
            TrackedTables.Of(db.Model).Statements.ReadsOf(command.CommandText).AddTo(reads);
        }
    }
}
