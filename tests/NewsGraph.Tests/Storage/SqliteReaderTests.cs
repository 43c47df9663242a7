using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Storage.Sqlite;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Tests.Storage;

public sealed class SqliteReaderTests
{
    [Fact]
    public async Task A_statement_is_planned_once_whatever_its_limit()
    {
        await using var storage = await TestStorage.StartAsync();
        await using var db = await storage.Databases.CreateDbContextAsync(TestContext.Current.CancellationToken);
        using var connection = new SqliteReader(db.Database.GetDbConnection().DataSource, TimeSpan.FromSeconds(1), "PRAGMA query_only=1");
        const string Text = "SELECT Id FROM articles WHERE Status = @P1 ORDER BY PublishedAt DESC, Id DESC LIMIT @P0";
        var statement = new Statement<long>(
            Text, [new("P0", 0), new("P1", 1)], StatementReads.Of(Text, TrackedTables.Of(db.Model)), row => row.GetInt64(0));
        using var prepared = new PreparedStatement(connection, statement);

        foreach (var limit in new[] { 21, 21, 6 })
        {
            prepared.Read(statement, [limit, 3], TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, prepared.TimesPlannedAgain);
    }
}
