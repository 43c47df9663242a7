using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Tests.Conventions;

public sealed class DirectiveIntrospectionTests
{
    [Theory]
    [InlineData("args", """[{"name":"now"}]""")]
    [InlineData("args(includeDeprecated: false)", """[{"name":"now"}]""")]
    [InlineData("args(includeDeprecated: true)", """[{"name":"now"},{"name":"then"}]""")]
    public async Task Deprecated_arguments_of_a_directive_are_listed_when_asked_for(string field, string expected)
    {
        using var schema = new Schema { Query = new ObjectGraphType { Name = "Query" } };
        schema.Query.AddField(new FieldType { Name = "ok", Type = typeof(BooleanGraphType) });
        schema.Features.DeprecationOfInputValues = true;
        schema.Directives.Register(new Dated());
        schema.AddDirectiveIntrospection();

        var json = await schema.ExecuteAsync(options => options.Query = $"{{ __schema {{ directives {{ name {field} {{ name }} }} }} }}");

        Assert.Contains($$"""{"name":"dated","args":{{expected}}}""", json.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private sealed class Dated : Directive
    {
        public Dated()
            : base("dated", GraphQLParser.AST.DirectiveLocation.Field) =>
            Arguments = new QueryArguments(
                new QueryArgument<BooleanGraphType> { Name = "now" },
                new QueryArgument<BooleanGraphType> { Name = "then", DeprecationReason = "Use now." });
    }
}
