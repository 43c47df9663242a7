using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Tests.Loading;

public sealed class BatchLoaderTests
{
    [Fact]
    public async Task Keys_asked_for_before_the_first_await_make_one_batch()
    {
        var loader = new Squares();
        var results = new[] { 3, 1, 3, 2 }.Select(loader.LoadAsync).ToList();

        var values = await Task.WhenAll(results.Select(result => result.GetResultAsync(TestContext.Current.CancellationToken)));

        Assert.Equal([9, 1, 9, 4], values);
        Assert.Equal("3,1,2", Assert.Single(loader.Batches));
    }

    [Fact]
    public async Task A_key_is_loaded_once_and_later_keys_make_a_later_batch()
    {
        var loader = new Squares();
        await loader.LoadAsync(1).GetResultAsync(TestContext.Current.CancellationToken);
        var again = loader.LoadManyAsync([1, 2]);

        Assert.Equal([1, 4], await again.GetResultAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["1", "2"], loader.Batches);
    }

    [Fact]
    public async Task A_batch_is_cut_at_its_limit()
    {
        var loader = new Squares(max: 2);

        var values = await loader.LoadManyAsync([1, 2, 3, 4, 5]).GetResultAsync(TestContext.Current.CancellationToken);

        Assert.Equal([1, 4, 9, 16, 25], values);
        Assert.Equal(["1,2", "3,4", "5"], loader.Batches);
    }

    [Fact]
    public async Task A_missing_key_has_no_value_and_a_failure_reaches_everyone_who_asked()
    {
        var loader = new Squares();
        var negative = loader.LoadAsync(-1);
        var positive = loader.LoadAsync(1);
        var token = TestContext.Current.CancellationToken;

        Assert.Equal(0, await negative.GetResultAsync(token));
        Assert.Equal(1, await positive.GetResultAsync(token));

        var (first, second) = (loader.LoadAsync(13), loader.LoadAsync(14));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first.GetResultAsync(token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => second.GetResultAsync(token));
        Assert.Equal(2, loader.Batches.Count);
    }

    [Fact]
    public async Task A_level_of_a_query_makes_one_batch_and_requests_share_nothing()
    {
        var log = new List<Squares>();
        await using var services = new ServiceCollection().AddSingleton(log).BuildServiceProvider();
        var number = new ObjectGraphType<int> { Name = "Number" };
        number.Field<IntGraphType>("square")
            .Resolve(context => context.Loader<Squares>().LoadAsync(context.Source));
        number.Field("next", new ListGraphType(number))
            .Resolve(context => context.Loader<Squares>().LoadAsync(context.Source).Then(square => new[] { square, square + 1 }));
        var query = new ObjectGraphType { Name = "Query" };
        query.Field("numbers", new ListGraphType(number)).Resolve(_ => new[] { 2, 3, 4 });
        using var schema = new Schema { Query = query };

        for (var request = 0; request < 2; request++)
        {
            var json = await ExecuteAsync(schema, services);
            Assert.StartsWith("""{"data":{"numbers":[{"square":4,"next":[{"square":16},{"square":25}]}""", json, StringComparison.Ordinal);
        }

        Assert.Equal(2, log.Count);
        Assert.All(log, loader => Assert.Equal(["2,3,4", "5,9,10,16,17"], loader.Batches));
    }

    private static async Task<string> ExecuteAsync(Schema schema, IServiceProvider services)
    {
        var result = await new DocumentExecuter().ExecuteAsync(new ExecutionOptions
        {
            Schema = schema,
            Query = "{ numbers { square next { square } } }",
            RequestServices = services,
            CancellationToken = TestContext.Current.CancellationToken,
        });
        return new GraphQLSerializer().Serialize(result);
    }

    private sealed class Squares : BatchLoader<int, int>
    {
        private readonly int _max;

        public Squares(int max)
        {
            _max = max;
        }

        [ActivatorUtilitiesConstructor]
        public Squares(List<Squares>? log = null)
        {
            _max = 500;
            log?.Add(this);
        }

        public List<string> Batches { get; } = [];

        protected override int MaxBatchSize => _max;

        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            Batches.Add(string.Join(',', keys));
            return keys.Contains(13)
                ? throw new InvalidOperationException("13")
                : Task.FromResult<IReadOnlyDictionary<int, int>>(keys.Where(key => key > 0).ToDictionary(key => key, key => key * key));
        }
    }
}
