using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Gateway.Hosting;
using NewsGraph.Testing;

namespace NewsGraph.Tests.Contract;

public sealed class SchemaTests
{
    private static readonly string File = Path.Combine(Repository.Root, "schema", "news.graphql");

    private static readonly string[] BuiltIn = ["ID", "String", "Int", "Float", "Boolean"];

    [Fact]
    public async Task The_printed_schema_is_the_one_in_the_repository()
    {
        await using var app = GatewayHost.Build([]);
        var printed = NewsSchema.Print(app.Services);
        var kept = System.IO.File.Exists(File) ? await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken) : "";
        if (printed != kept && Environment.GetEnvironmentVariable("CI") is null or "")
        {
            // Locally the change is the developer's: it is in the working tree now, for review.
            await System.IO.File.WriteAllTextAsync(File, printed, TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(kept, printed);
    }

    [Fact]
    public async Task Every_type_field_argument_and_value_is_described()
    {
        await using var app = GatewayHost.Build([]);
        var schema = app.Services.GetRequiredService<ISchema>();
        schema.Initialize();

        var bare = schema.AllTypes
            .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal) && !BuiltIn.Contains(type.Name))
            .SelectMany(Parts)
            .Concat(schema.Directives.SelectMany(d => Described($"@{d.Name}", d.Description, d.Arguments)))
            .Where(part => string.IsNullOrWhiteSpace(part.Description))
            .Select(part => part.Name);

        Assert.Empty(bare);
    }

    [Fact]
    public async Task Filters_reach_every_member_by_the_names_of_the_article()
    {
        await using var app = GatewayHost.Build([]);
        var schema = app.Services.GetRequiredService<ISchema>();
        schema.Initialize();
        var article = (IObjectGraphType)schema.AllTypes["Article"]!;
        var filter = (IInputObjectGraphType)schema.AllTypes["ArticleFilterInput"]!;
        var sort = (IInputObjectGraphType)schema.AllTypes["ArticleSortInput"]!;

        var names = article.Fields.Select(f => f.Name).ToList();
        Assert.Empty(filter.Fields.Select(f => f.Name).Except(names).Except(["and", "or"]));
        Assert.Empty(sort.Fields.Select(f => f.Name).Except(names));
    }

    private static IEnumerable<(string Name, string? Description)> Parts(IGraphType type)
    {
        yield return (type.Name, type.Description);
        var members = type switch
        {
            EnumerationGraphType values => values.Values.Select(v => ($"{type.Name}.{v.Name}", v.Description)),
            IComplexGraphType complex => complex.Fields.SelectMany(f => Described($"{type.Name}.{f.Name}", f.Description, f.Arguments)),
            _ => [],
        };
        foreach (var member in members)
        {
            yield return member;
        }
    }

    private static IEnumerable<(string Name, string? Description)> Described(string name, string? description, QueryArguments? arguments) =>
        (arguments ?? []).Select(a => ($"{name}({a.Name}:)", a.Description)).Prepend((name, description));
}
