using System.Text.Json;
using GraphQL;
using GraphQLParser;
using GraphQLParser.AST;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Limits;
using NewsGraph.Testing.SampleSchema;
using NewsGraph.Tests.Execution.Reference;

namespace NewsGraph.Tests.Limits;

public sealed class CostTests
{
    [Theory]
    // A root object 10, a nested object 1, a leaf 0; children times the list's size.
    [InlineData("{ hello }", 0, 0)]
    [InlineData("{ items(first: 4) { number } }", 10, 4)]
    [InlineData("{ items(first: 4) { self { number } } }", 14, 8)]
    [InlineData("{ items(first: 4) { items(first: 5) { self { number } } } }", 34, 44)]
    [InlineData("{ items { self { number } } }", 13, 6)]
    [InlineData("{ items(first: -4) { self { number } } }", 10, 0)]
    [InlineData("{ items(first: 4) { self { number } self { number } } }", 14, 8)]
    [InlineData("{ items(first: 4) { a: self { number } b: self { number } } }", 18, 12)]
    [InlineData("{ items(first: 4) { ...F } } fragment F on Item { self { number } }", 14, 8)]
    [InlineData("{ __schema { types { name fields { name } } } }", 0, 0)]
    public async Task An_operation_costs_what_its_lists_may_return(string query, double field, double type)
    {
        await using var sample = new SampleExecution();

        Assert.Equal((field, type), await CostAsync(sample, query));
    }

    [Fact]
    public async Task The_same_document_costs_what_its_variables_say_each_time()
    {
        const string Query = "query($n: Int = 7) { items(first: $n) { self { number } } }";
        await using var sample = new SampleExecution();

        Assert.Equal((12, 4), await CostAsync(sample, Query, new { n = 2 }));
        Assert.Equal((19, 18), await CostAsync(sample, Query, new { n = 9 }));
        Assert.Equal((17, 14), await CostAsync(sample, Query));
    }

    [Theory]
    [InlineData("query($t: String!) { echo(input: { must: $t }) }", false)]
    [InlineData("query($ids: [ID!]) { echo(input: { must: \"a\", ids: $ids }) }", false)]
    [InlineData("query($inner: EchoInput) { echo(input: { must: \"a\", inner: $inner }) }", true)]
    public void A_value_that_costs_nothing_does_not_make_a_cost_depend_on_variables(string query, bool depends)
    {
        using var schema = new ZooSchema();
        schema.Initialize();
        var document = Parser.Parse(query);
        var analysis = new CostAnalysis(schema, document, (GraphQLOperationDefinition)document.Definitions[0], Inputs.Empty);

        analysis.Run();

        Assert.Equal(depends, analysis.DependsOnVariables);
    }

    [Fact]
    public async Task Over_the_limit_it_is_refused_with_both_numbers_before_it_runs()
    {
        await using var sample = new SampleExecution(limits: options => options.MaxFieldCost = 13);

        var result = await sample.RunAsync("{ items(first: 4) { self { number } } }");

        using var json = JsonDocument.Parse(result.Json);
        var error = json.RootElement.GetProperty("errors")[0];
        Assert.False(result.Executed);
        Assert.Equal("The maximum allowed field cost was exceeded.", error.GetProperty("message").GetString());
        Assert.Equal("""{"code":"HC0047","fieldCost":14,"maxFieldCost":13}""", error.GetProperty("extensions").GetRawText());
    }

    [Fact]
    public async Task A_cached_document_is_held_to_the_limit_with_every_set_of_variables()
    {
        const string Query = "query($n: Int!) { items(first: $n) { self { number } } }";
        await using var sample = new SampleExecution(limits: options => options.MaxTypeCost = 100);

        Assert.True((await sample.RunAsync(Query, new { n = 5 })).Executed);
        Assert.False((await sample.RunAsync(Query, new { n = 5000 })).Executed);
        Assert.True((await sample.RunAsync(Query, new { n = 5 })).Executed);
    }

    [Fact]
    public async Task Twenty_items_with_replies_and_fifty_with_parts_pass_the_defaults()
    {
        await using var sample = new SampleExecution();

        var page = await sample.RunAsync("{ items(first: 20) { self { number } items(first: 3) { self { number } } } related: items(first: 5) { items(first: 10) { number } } }");
        var front = await sample.RunAsync("{ items(first: 50) { self { number } items(first: 20) { number } } }");

        Assert.True(page.Executed);
        Assert.True(front.Executed);
    }

    private static async Task<(double, double)> CostAsync(SampleExecution sample, string query, object? variables = null)
    {
        var result = await sample.Executor.ExecuteAsync(
            new OperationRequest
            {
                Query = query,
                ReportCost = true,
                Variables = variables is null ? default : JsonSerializer.SerializeToElement(variables),
            },
            TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(result.Json);
        var cost = json.RootElement.GetProperty("extensions").GetProperty("operationCost");
        return (cost.GetProperty("fieldCost").GetDouble(), cost.GetProperty("typeCost").GetDouble());
    }
}
