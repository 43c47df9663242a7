namespace NewsGraph.Tests.Conventions;

public sealed class SchemaConventionsTests : IAsyncDisposable
{
    private readonly ShopSchema _shop = new();

    [Fact]
    public void The_printed_schema_has_the_conventions_shapes()
    {
        var sdl = string.Join('\n', _shop.Sdl.Split('\n').Where(line => !line.TrimStart().StartsWith('"')).Select(line => line.Trim()));
        Assert.Contains("addItem(", sdl, StringComparison.Ordinal);
        Assert.Contains("type Item implements Node {", sdl, StringComparison.Ordinal);
        Assert.Contains("union AddItemError = NameTakenError | ShelfFullError", sdl, StringComparison.Ordinal);
        Assert.Contains("type NameTakenError implements Error {", sdl, StringComparison.Ordinal);
        Assert.Contains("errors: [AddItemError!]", sdl, StringComparison.Ordinal);
        Assert.Contains("boughtAt: DateTime", sdl, StringComparison.Ordinal);
        Assert.Contains("@deprecated(reason: \"Use `name`.\")", sdl, StringComparison.Ordinal);
        Assert.Contains("scalar DateTime @specifiedBy(url: \"https://scalars.graphql.org/chillicream/date-time.html\")", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("__", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("scalar String", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("directive @skip", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("directive @deprecated", sdl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Introspection_tells_what_specifies_a_scalar_and_every_directive()
    {
        var data = await _shop.DataAsync("""
            {
              __type(name: "DateTime") { specifiedByURL }
              plain: __type(name: "String") { specifiedByURL }
              directive: __type(name: "__Directive") { fields { name } }
              input: __type(name: "AddItemInput") { isOneOf inputFields(includeDeprecated: true) { name isDeprecated } }
              __schema { directives { name isRepeatable args { name } } }
            }
            """);
        Assert.Equal(
            "https://scalars.graphql.org/chillicream/date-time.html",
            data.GetProperty("__type").GetProperty("specifiedByURL").GetString());
        Assert.Null(data.GetProperty("plain").GetProperty("specifiedByURL").GetString());
        var fields = data.GetProperty("directive").GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()).ToList();
        Assert.Contains("isRepeatable", fields);
        Assert.DoesNotContain("onField", fields);
        var directives = data.GetProperty("__schema").GetProperty("directives").EnumerateArray().Select(d => d.GetProperty("name").GetString()).ToList();
        Assert.Superset(new HashSet<string?>(["skip", "include", "deprecated", "specifiedBy"]), new HashSet<string?>(directives));
    }

    [Fact]
    public async Task Anything_goes_through_any_unchanged()
    {
        var data = await _shop.DataAsync(
            "query($v: Any) { a: any(value: $v) b: any(value: { a: [1, \"x\", null, true] }) }", new { v = new { deep = new object[] { 1.5, "y" } } });
        Assert.Equal("""{"deep":[1.5,"y"]}""", data.GetProperty("a").GetRawText());
        Assert.Equal("""{"a":[1,"x",null,true]}""", data.GetProperty("b").GetRawText());
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();
}
