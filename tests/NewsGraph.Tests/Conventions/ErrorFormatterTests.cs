using System.Text.Json;
using GraphQL;
using NewsGraph.Engine.Conventions.Errors;

namespace NewsGraph.Tests.Conventions;

public sealed class ErrorFormatterTests : IAsyncDisposable
{
    private const string Section = "https://spec.graphql.org/October2021/#sec-";

    private readonly ShopSchema _shop = new();

    [Fact]
    public async Task What_a_resolver_throws_is_masked_and_carries_an_id()
    {
        var error = await _shop.ErrorAsync("{ broken }");
        Assert.Equal("Unexpected Execution Error", error.GetProperty("message").GetString());
        Assert.Equal(["errorId"], error.GetProperty("extensions").EnumerateObject().Select(e => e.Name));
        Assert.DoesNotContain("secret", error.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ missing }")]
    [InlineData("{ gaps }")]
    public async Task Null_where_none_may_be_has_its_code(string query)
    {
        var error = await _shop.ErrorAsync(query);
        Assert.Equal("Cannot return null for non-nullable field.", error.GetProperty("message").GetString());
        Assert.Equal("""{"code":"HC0018"}""", error.GetProperty("extensions").GetRawText());
    }

    [Fact]
    public async Task A_syntax_error_has_its_code_and_place()
    {
        var error = await _shop.ErrorAsync("{ broken ");
        Assert.Equal("""{"code":"HC0011"}""", error.GetProperty("extensions").GetRawText());
        Assert.Equal(1, error.GetProperty("locations").GetArrayLength());
    }

    [Fact]
    public async Task An_unknown_field_is_named_with_its_type_and_no_code()
    {
        var error = await _shop.ErrorAsync("{ node(id: \"x\") { ... on Item { other: nmae } } }");
        Assert.Equal("The field `nmae` does not exist on the type `Item`.", error.GetProperty("message").GetString());
        Assert.Equal(
            $$"""{"type":"Item","field":"nmae","responseName":"other","specifiedBy":"{{Section}}Field-Selections"}""",
            error.GetProperty("extensions").GetRawText());
    }

    [Fact]
    public async Task Other_validation_errors_carry_their_section_and_no_code()
    {
        var error = await _shop.ErrorAsync("query($unused: String) { broken }");
        Assert.Equal($$"""{"specifiedBy":"{{Section}}All-Variables-Used"}""", error.GetProperty("extensions").GetRawText());
    }

    [Theory]
    [InlineData("{}", "HC0018", "Variable `at` is required.")]
    [InlineData("{\"at\":null}", "HC0018", "Variable `at` is required.")]
    [InlineData("{\"at\":\"2026-03-01\"}", "HC0016", null)]
    [InlineData("{\"at\":5}", "HC0016", null)]
    public async Task Variables_that_do_not_fit_have_their_codes(string variables, string code, string? message)
    {
        var error = await _shop.ErrorAsync("query($at: DateTime!) { when(at: $at) }", JsonDocument.Parse(variables).RootElement);
        Assert.Equal($$"""{"code":"{{code}}","variable":"at"}""", error.GetProperty("extensions").GetRawText());
        Assert.Equal(message ?? error.GetProperty("message").GetString(), error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_missing_part_of_a_variable_is_named_by_its_path()
    {
        var error = await _shop.ErrorAsync(
            "mutation($input: AddItemInput!) { addItem(input: $input) { note } }", new { input = new { shelfId = "x" } });
        Assert.Equal("Variable `input.name` is required.", error.GetProperty("message").GetString());
        Assert.Equal("""{"code":"HC0018","variable":"input"}""", error.GetProperty("extensions").GetRawText());
    }

    [Theory]
    [InlineData("\"2026-03-01\"")]
    [InlineData("5")]
    public async Task A_literal_its_scalar_cannot_read_refuses_the_request(string literal)
    {
        var result = await _shop.AskAsync($"{{ when(at: {literal}) }}");
        Assert.False(result.TryGetProperty("data", out _));
        Assert.Equal($$"""{"specifiedBy":"{{Section}}Values-of-Correct-Type"}""", result.GetProperty("errors")[0].GetProperty("extensions").GetRawText());
    }

    [Fact]
    public void Codes_a_resolver_gave_are_kept_and_those_made_of_exceptions_dropped()
    {
        var formatter = new ErrorFormatter();
        Assert.Equal("OWN", formatter.Format(new ExecutionError("x") { Code = "OWN" }).Code);
        Assert.Null(formatter.Format(new ExecutionError("x", new FormatException())).Code);
        var request = formatter.Format(new RequestError("x", "OWN", new Dictionary<string, object?> { ["more"] = 1 }, 401));
        Assert.Equal(("OWN", 401, 1), (request.Code, request.StatusCode, request.Extensions!["more"]));
    }

    [Fact]
    public async Task Codes_of_the_library_never_reach_a_client()
    {
        var error = await _shop.ErrorAsync("query a { broken } query b { broken }");
        Assert.False(error.TryGetProperty("extensions", out var extensions), extensions.ToString());
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();
}
