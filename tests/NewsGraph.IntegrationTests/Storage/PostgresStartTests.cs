using NewsGraph.Gateway.Commands;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Servers;
using Npgsql;

namespace NewsGraph.IntegrationTests.Storage;

/// <summary>What an operator is told when PostgreSQL cannot be used: one line that names the cure and no secret.</summary>
public sealed class PostgresStartTests
{
    [Fact]
    public async Task A_server_that_is_away()
    {
        var problem = await RefusedAsync($"Host=127.0.0.1;Port=1;Username=news;Password={PostgresServer.Password};Database=news;Timeout=5");

        Assert.StartsWith("PostgreSQL cannot be reached: Failed to connect to 127.0.0.1:1", problem, StringComparison.Ordinal);
        Assert.EndsWith("Start the server, or check Host and Port in ConnectionStrings:Postgres.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password()
    {
        var problem = await RefusedAsync(new NpgsqlConnectionStringBuilder(await SharedPostgres.NewDatabaseAsync()) { Password = "wrong" }.ConnectionString);

        Assert.Equal(
            "PostgreSQL refuses the login: password authentication failed for user \"newsgraph\". Check Username and Password in ConnectionStrings:Postgres.",
            problem);
    }

    [Fact]
    public async Task A_missing_database_and_a_role_that_may_not_make_it()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        var role = "guest" + new NpgsqlConnectionStringBuilder(database).Database;
        await SharedPostgres.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{PostgresServer.Password}'");

        var problem = await RefusedAsync(new NpgsqlConnectionStringBuilder(database) { Username = role }.ConnectionString);

        Assert.Equal(
            "PostgreSQL: permission denied to create database. The role in ConnectionStrings:Postgres must own the database; make it with createdb --owner.",
            problem);
    }

    [Fact]
    public async Task A_database_that_cannot_hold_every_text()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await SharedPostgres.ExecuteAsync($"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");

        var problem = await RefusedAsync(database);

        Assert.Equal(
            $"The database {name} holds text as LATIN1. Make one for UTF8: createdb --encoding=UTF8 --template=template0 {name}", problem);
        await SharedPostgres.DropAsync(database);
    }

    [Fact]
    public async Task Where_the_data_is_is_told_without_a_secret()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        await using var storage = new TestStorage(postgres: database);

        var parts = new NpgsqlConnectionStringBuilder(database);
        Assert.Equal($"PostgreSQL database {parts.Database} on 127.0.0.1, port {parts.Port}", storage.Setup.Location);
    }

    private static async Task<string> RefusedAsync(string connection)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();

        var code = await GatewayCommands.RunAsync(
            ["serve", "--urls=http://127.0.0.1:0", "--Storage:Provider=postgres", $"--ConnectionStrings:Postgres={connection}"], output, error)
            .WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);

        Assert.Equal(GatewayCommands.Failed, code);
        Assert.DoesNotContain(PostgresServer.Password, output.ToString() + error, StringComparison.Ordinal);
        return Assert.Single(error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
