using System.Text.Json;
using NewsGraph.Engine.Conventions.Nodes;

namespace NewsGraph.Tests.Conventions;

public sealed class NodeTests : IAsyncDisposable
{
    private readonly ShopSchema _shop = new();

    [Fact]
    public async Task A_node_is_found_by_its_id_and_unknown_ones_are_null()
    {
        var data = await _shop.DataAsync(
            "query($a: ID!, $b: ID!, $c: ID!) { a: node(id: $a) { id ... on Item { name } } b: node(id: $b) { id } c: node(id: $c) { id } }",
            new { a = "SXRlbQppNw", b = GlobalId.Format("Item", 500), c = GlobalId.Format("Ghost", 1) });
        Assert.Equal(GlobalId.Format("Item", 7), data.GetProperty("a").GetProperty("id").GetString());
        Assert.Equal("item 7", data.GetProperty("a").GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("b").ValueKind);
        Assert.Equal(JsonValueKind.Null, data.GetProperty("c").ValueKind);
    }

    [Fact]
    public async Task Nodes_are_fetched_in_one_batch_and_keep_their_order()
    {
        var data = await NodesAsync(3, 1, 500, 2);
        Assert.Equal(["item 3", "item 1", null, "item 2"], data.GetProperty("nodes").EnumerateArray().Select(Name));
        Assert.Equal([3, 1, 500, 2], Assert.Single(_shop.Loads.Batches));
    }

    [Fact]
    public async Task Fifty_nodes_are_fetched_and_one_more_is_refused()
    {
        Assert.Equal(50, (await NodesAsync([.. Enumerable.Range(1, 50)])).GetProperty("nodes").GetArrayLength());
        var error = await _shop.ErrorAsync(
            "query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            new { ids = Enumerable.Range(1, 51).Select(id => GlobalId.Format("Item", id)) });
        Assert.Equal("HC0076", error.GetProperty("extensions").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("\"nonsense\"", "nonsense")]
    [InlineData("42", "42")]
    public async Task Text_that_is_no_id_is_an_error_of_the_field(string literal, string original)
    {
        var result = await _shop.AskAsync($"{{ node(id: {literal}) {{ id }} }}");
        Assert.Equal(JsonValueKind.Null, result.GetProperty("data").GetProperty("node").ValueKind);
        var error = Assert.Single(result.GetProperty("errors").EnumerateArray());
        Assert.Equal("The node ID string has an invalid format.", error.GetProperty("message").GetString());
        Assert.Equal($$"""{"originalValue":"{{original}}"}""", error.GetProperty("extensions").GetRawText());
        Assert.Equal("""["node"]""", error.GetProperty("path").GetRawText());
    }

    [Fact]
    public async Task One_bad_id_among_nodes_costs_only_its_own_place()
    {
        var result = await _shop.AskAsync(
            "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Item { name } } }",
            new { ids = new[] { GlobalId.Format("Item", 1), "nonsense", GlobalId.Format("Item", 2) } });
        Assert.Equal(["item 1", null, "item 2"], result.GetProperty("data").GetProperty("nodes").EnumerateArray().Select(Name));
        var error = Assert.Single(result.GetProperty("errors").EnumerateArray());
        Assert.Equal("""["nodes",1]""", error.GetProperty("path").GetRawText());
        Assert.Equal(1, error.GetProperty("locations").GetArrayLength());
    }

    [Fact]
    public async Task An_argument_takes_ids_of_its_own_type_only()
    {
        const string Query = "query($id: ID!) { shelf(id: $id) }";
        var data = await _shop.DataAsync(Query, new { id = GlobalId.Format("Shelf", 9) });
        Assert.Equal("9", data.GetProperty("shelf").GetString());

        var result = await _shop.AskAsync(Query, new { id = GlobalId.Format("Item", 9) });
        Assert.Equal(JsonValueKind.Null, result.GetProperty("data").GetProperty("shelf").ValueKind);
        Assert.Contains("`Item`", result.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    private static string? Name(JsonElement node) =>
        node.ValueKind == JsonValueKind.Null ? null : node.GetProperty("name").GetString();

    private Task<JsonElement> NodesAsync(params int[] ids) => _shop.DataAsync(
        "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Item { name } } }",
        new { ids = ids.Select(id => GlobalId.Format("Item", id)) });
}
