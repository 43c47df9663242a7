using System.Text;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Limits;
using NewsGraph.Testing.SampleSchema;

namespace NewsGraph.Tests.Limits;

public sealed class DocumentLimitsTests
{
    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Nesting_is_allowed_up_to_the_limit(int depth, bool allowed)
    {
        var text = string.Concat(Enumerable.Repeat("{a", depth)) + new string('}', depth);

        Assert.Equal(allowed, DocumentParser.TryParse(text, new GraphQLLimitsOptions(), out _) is not null);
    }

    [Theory]
    [InlineData("{ hello(name: \"{{{{{{{{{{{{\") }")]
    [InlineData("{ hello(name: \"\"\" [[[[[[[[[[[[ \\\"\"\" \"\"\") }")]
    [InlineData("# ((((((((((((\n{ hello }")]
    [InlineData("{ hello(name: \"\\\"((((((((((((\") }")]
    public async Task Brackets_in_strings_and_comments_are_not_nesting(string query)
    {
        await using var sample = new SampleExecution(limits: options => options.MaxParserDepth = 10);

        Assert.True((await sample.RunAsync(query)).Executed);
    }

    [Theory]
    [InlineData("{ hello @skip(if: false) @include(if: true) @a @b @c }")]
    [InlineData("query @a @b @c @d @e { hello }")]
    public void Too_many_directives_at_one_place_are_refused(string query)
    {
        Assert.Null(DocumentParser.TryParse(query, new GraphQLLimitsOptions(), out var error));
        Assert.Contains("directives", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_are_counted()
    {
        var limits = new GraphQLLimitsOptions { MaxTokens = 100 };

        Assert.NotNull(DocumentParser.TryParse("{" + string.Concat(Enumerable.Repeat(" a", 98)) + " }", limits, out _));
        Assert.Null(DocumentParser.TryParse("{" + string.Concat(Enumerable.Repeat(" a", 99)) + " }", limits, out _));
    }

    [Fact]
    public async Task At_most_five_errors_are_told()
    {
        await using var sample = new SampleExecution();

        var result = await sample.RunAsync("{ " + string.Join(' ', Enumerable.Range(0, 40).Select(n => "x" + n)) + " }");

        Assert.Equal(5, Encoding.UTF8.GetString(result.Json.Span).Split("\"message\"").Length - 1);
    }

    [Fact]
    public async Task Introspection_is_refused_where_it_is_not_allowed_and_typename_stays()
    {
        await using var sample = new SampleExecution(limits: options => options.AllowIntrospection = false);

        var refused = Encoding.UTF8.GetString((await sample.RunAsync("{ ...F } fragment F on Query { __schema { queryType { name } } }")).Json.Span);

        Assert.Contains("\"code\":\"HC0046\",\"field\":\"__schema\"", refused, StringComparison.Ordinal);
        Assert.True((await sample.RunAsync("{ __typename }")).Executed);
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(17, false)]
    public async Task Wrapped_types_can_be_unwrapped_to_a_limit_even_through_fragments(int depth, bool allowed)
    {
        await using var sample = new SampleExecution();
        var chain = string.Concat(Enumerable.Range(0, depth).Select(n => $" fragment T{n} on __Type {{ name ofType {{ ...T{n + 1} }} }}"));

        var result = await sample.RunAsync($"{{ __type(name: \"Item\") {{ ...T0 }} }}{chain} fragment T{depth} on __Type {{ name }}");

        Assert.Equal(allowed, result.Executed);
    }

    [Fact]
    public async Task Introspection_that_circles_through_the_schema_is_refused_in_every_operation()
    {
        await using var sample = new SampleExecution();

        var result = await sample.RunAsync("{ __schema { types { fields { type { fields { type { name } } } } } } }");

        Assert.Contains("HC0086", Encoding.UTF8.GetString(result.Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_out_of_its_range_is_named()
    {
        var result = new GraphQLLimitsValidator().Validate(null, new GraphQLLimitsOptions { MaxTokens = 1 });

        Assert.True(result.Failed);
        Assert.Contains(nameof(GraphQLLimitsOptions.MaxTokens), result.FailureMessage, StringComparison.Ordinal);
        Assert.Equal(ValidateOptionsResult.Success, new GraphQLLimitsValidator().Validate(null, new GraphQLLimitsOptions()));
    }
}
