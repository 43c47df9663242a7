using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Tests.Execution;

/// <summary>Where the engine is deliberately better than GraphQL.NET's own strategies, and what an execution may never do.</summary>
public sealed class PlannedExecutionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_root_field_of_a_mutation_loads_anew_what_the_one_before_it_changed()
    {
        await using var services = Services(new Schema { Query = Query(), Mutation = Counting() });

        var result = await RunAsync(services, "mutation { a: add { loaded } b: add { loaded } }");

        Assert.Equal("""{"data":{"a":{"loaded":1},"b":{"loaded":2}}}""", result);
    }

    [Fact]
    public async Task One_failure_of_several_fields_is_told_of_each_with_its_own_place()
    {
        var query = Query();
        query.Field<IntGraphType>("one").Resolve(context => context.Loader<Refusing>().LoadAsync(1));
        query.Field<IntGraphType>("two").Resolve(context => context.Loader<Refusing>().LoadAsync(2));
        await using var services = Services(new Schema { Query = query });

        var result = await RunAsync(services, "{ one two }");

        Assert.Equal(
            """{"errors":[{"message":"Not today.","locations":[{"line":1,"column":3}],"path":["one"],"extensions":{"code":"NOT_TODAY"}},"""
            + """{"message":"Not today.","locations":[{"line":1,"column":7}],"path":["two"],"extensions":{"code":"NOT_TODAY"}}],"data":{"one":null,"two":null}}""",
            result);
    }

    [Fact]
    public async Task A_field_written_twice_tells_where_it_failed()
    {
        var query = Query();
        var thing = new ObjectGraphType { Name = "Thing" };
        thing.Field<StringGraphType>("a").Resolve(_ => "a");
        thing.Field<StringGraphType>("b").Resolve(_ => "b");
        query.Field("thing", thing).Resolve(_ => throw new ExecutionError("Gone."));
        await using var services = Services(new Schema { Query = query });

        var result = await RunAsync(services, "{ thing { a } thing { b } }");

        Assert.Equal("""{"errors":[{"message":"Gone.","locations":[{"line":1,"column":3}],"path":["thing"]}],"data":{"thing":null}}""", result);
    }

    [Fact]
    public async Task An_execution_that_is_cancelled_halfway_gives_nothing_and_waits_for_what_it_started()
    {
        using var cancelled = new CancellationTokenSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var query = Query();
        query.Field<StringGraphType>("first").Resolve(_ => "done");
        query.Field<StringGraphType>("slow").ResolveAsync(async _ =>
        {
            started.SetResult();
            await goOn.Task;
            return "late";
        });
        query.Field<StringGraphType>("last").Resolve(context =>
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            return "never";
        });
        await using var services = Services(new Schema { Query = query });
        var request = new OperationRequest { Query = "{ first slow stop: slowStop last }" };
        query.Field<StringGraphType>("slowStop").Resolve(_ =>
        {
            cancelled.Cancel();
            return "stopped";
        });

        var running = services.GetRequiredService<IOperationExecutor>().ExecuteAsync(request, cancelled.Token).AsTask();
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.False(running.IsCompleted);
        goOn.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task Results_written_into_the_same_memory_one_after_the_other_are_each_their_own()
    {
        var query = Query();
        query.Field<StringGraphType>("echo").Argument<StringGraphType>("text").Resolve(context => context.GetArgument<string>("text"));
        await using var services = Services(new Schema { Query = query });
        var executor = services.GetRequiredService<IOperationExecutor>();

        await Parallel.ForAsync(0, 500, Token, async (number, cancellationToken) =>
        {
            var text = new string((char)('a' + (number % 26)), number * 7);
            var request = new OperationRequest { Query = "query($t: String) { echo(text: $t) }", Variables = JsonSerializer.SerializeToElement(new { t = text }) };
            using var result = await executor.ExecuteAsync(request, cancellationToken);
            await Task.Yield();
            Assert.Equal($$$"""{"data":{"echo":"{{{text}}}"}}""", Encoding.UTF8.GetString(result.Json.Span));
        });
    }

    private static ObjectGraphType Query()
    {
        var query = new ObjectGraphType { Name = "Query" };
        query.Field<StringGraphType>("hello").Resolve(_ => "hello");
        return query;
    }

    private static ObjectGraphType Counting()
    {
        var counter = new Counter();
        var state = new ObjectGraphType { Name = "State" };
        state.Field<IntGraphType>("loaded").Resolve(context => context.Loader<Reading, Counter>(counter).LoadAsync(0));
        var mutation = new ObjectGraphType { Name = "Mutation" };
        mutation.Field("add", state).Resolve(_ =>
        {
            counter.Value++;
            return new object();
        });
        return mutation;
    }

    private static ServiceProvider Services(ISchema schema) =>
        new ServiceCollection().AddSingleton(schema).AddGraphQLExecution().BuildServiceProvider();

    private static async Task<string> RunAsync(ServiceProvider services, string query)
    {
        using var result = await services.GetRequiredService<IOperationExecutor>().ExecuteAsync(new OperationRequest { Query = query }, Token);
        return Encoding.UTF8.GetString(result.Json.Span);
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }

    private sealed class Reading(Counter counter) : BatchLoader<int, int>
    {
        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<int, int>>(keys.ToDictionary(key => key, _ => counter.Value));
    }

    private sealed class Refusing : BatchLoader<int, int>
    {
        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
            throw new ExecutionError("Not today.") { Code = "NOT_TODAY" };
    }
}
