using Npgsql;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>What keeps PostgreSQL from being used, and what to do about it, in one line for the operator.</summary>
internal static class PostgresProblem
{
    /// <param name="exception">What opening it, or bringing it up to date, failed with.</param>
    public static string Describe(Exception exception)
    {
        var cause = PostgresFailure.Find(exception) ?? exception;
        return cause switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
                $"PostgreSQL refuses the login: {refused.MessageText}. Check Username and Password in ConnectionStrings:Postgres.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing =>
                $"PostgreSQL: {missing.MessageText}. Check Database in ConnectionStrings:Postgres, or make it with createdb.",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
                $"PostgreSQL: {denied.MessageText}. The role in ConnectionStrings:Postgres must own the database; make it with createdb --owner.",
            PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections } busy =>
                $"PostgreSQL takes no connection now: {busy.MessageText}. Try again later, or lower Maximum Pool Size in ConnectionStrings:Postgres.",
            PostgresException other => $"PostgreSQL: {other.SqlState} {other.MessageText}",
            _ => $"PostgreSQL cannot be reached: {Innermost(cause)} Start the server, or check Host and Port in ConnectionStrings:Postgres.",
        };
    }

    private static string Innermost(Exception exception) =>
        exception.InnerException is { } inner ? $"{exception.Message.TrimEnd('.')} ({inner.Message.TrimEnd('.')})." : $"{exception.Message.TrimEnd('.')}.";
}
