using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Gateway.Caching;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Processes;
using NewsGraph.Testing.Servers;

namespace NewsGraph.IntegrationTests.Caching.Hunting;

public abstract class StaleHuntTests(TestDatabase database)
{
    private const int Acts = 15;

    [Fact]
    public async Task Among_writers_and_readers_on_several_nodes_nobody_gets_an_answer_older_than_the_rule_allows()
    {
        var interval = TimeSpan.FromMilliseconds(250);
        await using var redis = database == TestDatabase.Postgres ? await RedisServer.StartAsync(TestContext.Current.CancellationToken) : null;
        var settings = Settings(interval);
        await using var one = await TestGateway.StartAsync(new TestGatewayOptions { Database = database, Redis = redis?.ConnectionString, Settings = settings });
        var starts = Enumerable.Range(0, 2).Select(_ => StartProcessAsync(one, redis, settings)).ToList();
        await Task.WhenAll(starts);
        await using var two = await starts[0];
        await using var three = await starts[1];
        HuntNode[] nodes = [new(one), new(two), new(three)];
        var hunt = new StaleHunt(nodes, await new HuntedNews().FillAsync(one, nodes), interval);

        Assert.Empty(await hunt.RunAsync(Acts));

        Assert.Empty(await hunt.CompareAsync());
        Assert.InRange(hunt.Readings, 100, int.MaxValue);
    }

    [Fact]
    public async Task A_single_purge_that_a_node_forgets_is_found_out()
    {
        // No position check comes in time to make up for it.
        var interval = TimeSpan.FromMinutes(1);
        var forgetful = new ForgetfulListener();
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Database = database,
            Settings = Settings(interval),
            Services = services => services.AddSingleton(forgetful.Journal),
        });
        HuntNode[] nodes = [new(gateway)];
        var likes = (await new HuntedNews().FillAsync(gateway, nodes)).Single(n => n.Name == "likes");

        var found = await new StaleHunt(nodes, [likes], interval).RunAsync(Acts);

        Assert.Equal(1, forgetful.Forgotten);
        Assert.NotEmpty(found);
    }

    [Fact]
    public async Task A_node_that_does_not_learn_of_the_others_changes_is_found_out()
    {
        // Its clock stands still: no position check is ever due, and what it knows holds for ever.
        var interval = TimeSpan.FromMilliseconds(250);
        await using var writes = await TestGateway.StartAsync(new TestGatewayOptions { Database = database, Settings = Settings(interval) });
        await using var reads = await TestGateway.StartAsync(
            Beside(writes, null, Settings(interval)) with { Time = new FakeTimeProvider() });
        HuntNode[] nodes = [new(writes), new(reads)];
        var edits = (await new HuntedNews().FillAsync(writes, nodes)).Single(n => n.Name == $"edits by {nodes[0].Name}");
        Assert.Null(await edits.CheckAsync(nodes[1], interval, TestContext.Current.CancellationToken));
        var hunt = new StaleHunt(nodes, [edits], interval);

        await hunt.RunAsync(acts: 3);

        Assert.NotEmpty(await hunt.CompareAsync());
    }

    private static string[] Settings(TimeSpan interval) =>
        ["--ResponseCache:Enabled=true", $"--Feeds:PositionCheckInterval={interval}", "--GraphQL:Limits:MaxFieldCost=100000"];

    private TestGatewayOptions Beside(TestGateway other, RedisServer? redis, IReadOnlyList<string> settings) => new()
    {
        Database = database,
        Directory = other.Directory,
        Postgres = other.Postgres,
        Redis = redis?.ConnectionString,
        Settings = settings,
    };

    private static Task<ServerProcess> StartProcessAsync(TestGateway beside, RedisServer? redis, IEnumerable<string> settings)
    {
        string[] storage = beside.Postgres is null ? [] : ["--Storage:Provider=postgres", $"--ConnectionStrings:Postgres={beside.Postgres}"];
        string[] bus = redis is null ? [] : [$"--ConnectionStrings:Redis={redis.ConnectionString}"];
        return GatewayProcess.StartAsync(beside.Directory, "Production", [.. settings, .. storage, .. bus], TestContext.Current.CancellationToken);
    }

    /// <summary>Forgets one purge, of which the result was kept since the one before.</summary>
    private sealed class ForgetfulListener : IChangeListener
    {
        private const int Which = 10;

        private ResponsePurge? _purge;
        private int _heard;

        public int Forgotten { get; private set; }

        public ChangeJournal Journal(IServiceProvider services)
        {
            _purge = services.GetRequiredService<ResponsePurge>();
            return new ChangeJournal([this], services.GetRequiredService<TimeProvider>());
        }

        public void Committed(CommittedChange change)
        {
            if (Interlocked.Increment(ref _heard) == Which)
            {
                Forgotten++;
                return;
            }

            _purge!.Committed(change);
        }
    }
}

public sealed class SqliteStaleHuntTests() : StaleHuntTests(TestDatabase.Sqlite);

public sealed class PostgresStaleHuntTests() : StaleHuntTests(TestDatabase.Postgres);
