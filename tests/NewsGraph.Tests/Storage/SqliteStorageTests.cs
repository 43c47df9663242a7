using Microsoft.Data.Sqlite;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.Tests.Storage;

public sealed class SqliteStorageTests : StorageSpecification
{
    private const int GroupSize = 8;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?> { ["GroupCommitSize"] = $"{GroupSize}" };

    [Fact]
    public async Task Waiting_acts_share_commits_up_to_the_size_of_a_group()
    {
        // What follows a commit comes after every act of its group, so each change from "act" to "commit" is one commit.
        List<string> steps = [];
        var (first, release) = Block("blocker");
        var acts = Enumerable.Range(1, (4 * GroupSize) - 1).Select(n => Storage.WriteAsync(scope =>
        {
            steps.Add("act");
            scope.AfterCommit(() => steps.Add("commit"));
            return AddAsync(scope, $"{n}");
        }, TestContext.Current.CancellationToken)).ToList();

        release.SetResult();
        await Task.WhenAll([first, .. acts]).WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);

        Assert.Equal(4, steps.Zip(steps.Skip(1)).Count(pair => pair is ("act", "commit")));
    }

    [Fact]
    public async Task When_the_database_cannot_be_opened_every_writer_is_told()
    {
        await using var storage = new TestStorage();

        var acts = Enumerable.Range(0, 3).Select(n => storage.WriteAsync(scope => AddAsync(scope, $"{n}"))).ToList();

        foreach (var act in acts)
        {
            await Assert.ThrowsAsync<SqliteException>(() => act.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Once_a_database_can_be_opened_again_writing_goes_on()
    {
        await using var storage = new TestStorage();
        await Assert.ThrowsAsync<SqliteException>(() =>
            storage.WriteAsync(scope => AddAsync(scope, "early"), TestContext.Current.CancellationToken).WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken));

        await storage.Setup.PrepareAsync(TestContext.Current.CancellationToken).WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);

        await storage.WriteAsync(scope => AddAsync(scope, "later"), TestContext.Current.CancellationToken).WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);
    }
}
