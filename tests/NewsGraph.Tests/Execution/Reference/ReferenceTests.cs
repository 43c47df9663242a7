using System.Text.Json;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Limits;
using NewsGraph.Testing.Reference;

namespace NewsGraph.Tests.Execution.Reference;

/// <summary>Thousands of operations give the same, executed by the engine and by GraphQL.NET.</summary>
public sealed class ReferenceTests : IAsyncDisposable
{
    private const int Operations = 200;

    private readonly ServiceProvider _services = Services();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => new(1, 2, 3, 4, 5);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Generated_queries_give_the_same_as_by_GraphQL_NET(int seed) => await CompareAsync(OperationType.Query, seed);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Generated_mutations_give_the_same_as_by_GraphQL_NET(int seed) => await CompareAsync(OperationType.Mutation, seed);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task CompareAsync(OperationType kind, int seed)
    {
        var generator = new OperationGenerator(Schema(), seed);
        var reference = new ReferenceExecution(_services);
        var executor = _services.GetRequiredService<IOperationExecutor>();
        var valid = 0;
        for (var i = 0; i < Operations; i++)
        {
            var (query, variables) = generator.Next(kind);
            var request = new OperationRequest { Query = query, Variables = JsonSerializer.Deserialize<JsonElement>(variables) };
            var expected = await reference.RunAsync(request, Token);
            valid += expected.Data is null or "null" ? 0 : 1;

            // The first time the document is new; the second time its plan is there.
            for (var time = 0; time < 2; time++)
            {
                using var result = await executor.ExecuteAsync(request, Token);
                var actual = ComparableResult.Of(result.Json);
                Assert.True(expected.Matches(actual), $"Seed {seed}, operation {i}, time {time}:\n{query}\n{variables}\nGraphQL.NET: {expected}\nThe engine: {actual}");
            }
        }

        Assert.True(valid > Operations / 2, $"Only {valid} operations gave data.");
    }

    private ISchema Schema()
    {
        var schema = _services.GetRequiredService<ISchema>();
        schema.Initialize();
        return schema;
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ISchema>(_ =>
        {
            var schema = new ZooSchema();
            schema.UseConventions();
            return schema;
        });
        services.Configure<GraphQLLimitsOptions>(options =>
        {
            options.AllowIntrospection = true;
            options.EnforceCost = false;
        });
        return services.AddGraphQLExecution().BuildServiceProvider();
    }
}
