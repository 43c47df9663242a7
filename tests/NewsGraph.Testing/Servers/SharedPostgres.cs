namespace NewsGraph.Testing.Servers;

/// <summary>The one PostgreSQL server of a test run, started by the first test that needs it; each test has databases of its own.</summary>
public static class SharedPostgres
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync());

    /// <summary>A connection string for a database of the test's own, which is made when it is first prepared.</summary>
    public static async Task<string> NewDatabaseAsync() => (await Server.Value).NewDatabase();

    /// <summary>Deletes a database.</summary>
    public static async Task DropAsync(string connectionString) => await (await Server.Value).DropAsync(connectionString);

    /// <summary>Runs a statement as the server's administrator.</summary>
    public static async Task ExecuteAsync(string sql) => await PostgresServer.ExecuteAsync((await Server.Value).ConnectionStringOf("postgres"), sql);
}
