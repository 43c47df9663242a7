using System.Text.Json;
using NewsGraph.Engine.Conventions.Nodes;

namespace NewsGraph.Tests.Conventions;

public sealed class MutationTests : IAsyncDisposable
{
    private const string Add = """
        mutation($input: AddItemInput!) {
          addItem(input: $input) {
            item { id name }
            note
            errors { __typename ... on Error { message } ... on NameTakenError { name } }
          }
        }
        """;

    private readonly ShopSchema _shop = new();

    [Fact]
    public async Task Success_gives_the_result_and_null_errors()
    {
        var payload = await AddAsync(new { shelfId = GlobalId.Format("Shelf", 4), name = "lamp", boughtAt = "2026-03-01T10:00:00+01:00" });
        Assert.Equal("lamp 2026-03-01T09:00:00.0000000Z none", payload.GetProperty("item").GetProperty("name").GetString());
        Assert.EndsWith("!", payload.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("errors").ValueKind);
    }

    [Fact]
    public async Task Errors_of_the_user_are_data_and_the_result_is_null()
    {
        var payload = await AddAsync(new { shelfId = GlobalId.Format("Shelf", 4), name = "taken" });
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("item").ValueKind);
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("note").ValueKind);
        Assert.Equal(
            """[{"__typename":"NameTakenError","message":"The name is taken.","name":"taken"},{"__typename":"ShelfFullError","message":"The shelf is full."}]""",
            payload.GetProperty("errors").GetRawText());
    }

    [Theory]
    [InlineData("\"nonsense\"")]
    [InlineData("12")]
    public async Task A_bad_id_in_the_input_is_an_error_of_the_field(string id)
    {
        var result = await _shop.AskAsync($$"""mutation { addItem(input: { shelfId: {{id}}, name: "a" }) { note } }""");
        Assert.Equal(JsonValueKind.Null, result.GetProperty("data").ValueKind);
        Assert.Equal("The node ID string has an invalid format.", result.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    private async Task<JsonElement> AddAsync(object input) => (await _shop.DataAsync(Add, new { input })).GetProperty("addItem");
}
