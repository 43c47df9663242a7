using Npgsql;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary><c>ConnectionStrings:Postgres</c>. It holds a password: no message repeats it.</summary>
internal static class PostgresConnection
{
    /// <summary>The name of the connection string.</summary>
    public const string Name = "Postgres";

    private const string Example = "Host=localhost;Database=newsgraph;Username=newsgraph;Password=…";

    /// <summary>What is wrong with the connection string, for the operator; null when nothing is.</summary>
    public static string? Problem(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"Storage:Provider is 'postgres', so ConnectionStrings:{Name} must say which server: {Example}";
        }

        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(parts.Host) ? $"ConnectionStrings:{Name} names no Host. It looks like this: {Example}"
                : string.IsNullOrEmpty(parts.Database) && string.IsNullOrEmpty(parts.Username) ? $"ConnectionStrings:{Name} names no Database. It looks like this: {Example}"
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            return $"ConnectionStrings:{Name} cannot be read. It looks like this: {Example}";
        }
    }

    /// <summary>The connection string with our defaults for what it does not say.</summary>
    public static NpgsqlConnectionStringBuilder Parse(string? text)
    {
        if (Problem(text) is { } problem)
        {
            throw new InvalidOperationException(problem);
        }

        var parts = new NpgsqlConnectionStringBuilder(text);
        parts.ApplicationName ??= "NewsGraph";
        parts.Database ??= parts.Username;
        return parts;
    }
}
