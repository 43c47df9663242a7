using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Engine.Execution;
using NewsGraph.Testing.SampleSchema;

namespace NewsGraph.Tests.Execution;

public sealed class OperationExecutorTests : IAsyncDisposable
{
    private readonly SampleExecution _sample = new();

    [Fact]
    public async Task A_query_answers_with_data_only_and_keeps_nulls()
    {
        var result = await _sample.RunAsync("{ hello(name: \"Zoë <3\") nothing }");

        Assert.Equal("""{"data":{"hello":"Hello Zoë <3","nothing":null}}""", Text(result.Json));
        Assert.True(result.Executed);
        Assert.True(result.ErrorsJson.IsEmpty);
        Assert.Null(result.StatusCode);
    }

    [Fact]
    public async Task Variables_reach_the_resolver()
    {
        var result = await _sample.RunAsync("query($n: Int!) { square(of: $n) }", new { n = 12 });

        Assert.Equal("""{"data":{"square":144}}""", Text(result.Json));
    }

    [Fact]
    public async Task A_failing_resolver_is_masked_and_its_neighbours_answer()
    {
        var result = await _sample.RunAsync("{ fails hello }");

        using var json = JsonDocument.Parse(result.Json);
        Assert.Equal("Unexpected Execution Error", json.RootElement.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Equal(12, json.RootElement.GetProperty("errors")[0].GetProperty("extensions").GetProperty("errorId").GetString()!.Length);
        Assert.Equal("fails", json.RootElement.GetProperty("errors")[0].GetProperty("path")[0].GetString());
        Assert.Equal("Hello world", json.RootElement.GetProperty("data").GetProperty("hello").GetString());
        Assert.DoesNotContain("secret", Text(result.Json), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_null_where_none_may_be_makes_data_null_but_present()
    {
        var result = await _sample.RunAsync("{ failsNonNull }");

        Assert.True(result.Executed);
        Assert.EndsWith(",\"data\":null}", Text(result.Json), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_can_be_sent_without_the_rest()
    {
        var result = await _sample.RunAsync("{ fails }");

        using var whole = JsonDocument.Parse(result.Json);
        using var errors = JsonDocument.Parse(result.ErrorsJson);
        Assert.Equal(whole.RootElement.GetProperty("errors").GetRawText(), errors.RootElement.GetRawText());
    }

    [Theory]
    [InlineData("{ hello", "HC0011")]
    [InlineData("{ unknown }", null)]
    [InlineData("query($n: Int!) { square(of: $n) }", null)]
    [InlineData("query A { hello } query B { hello }", null)]
    public async Task What_is_refused_before_execution_has_no_data_key(string query, string? code)
    {
        var result = await _sample.RunAsync(query);

        using var json = JsonDocument.Parse(result.Json);
        Assert.False(result.Executed);
        Assert.False(json.RootElement.TryGetProperty("data", out _));
        var error = json.RootElement.GetProperty("errors")[0];
        if (code is not null)
        {
            Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
            Assert.True(error.GetProperty("locations")[0].GetProperty("line").GetInt32() > 0);
        }
    }

    [Fact]
    public async Task The_same_document_is_served_from_the_cache_with_other_variables_and_wrong_ones()
    {
        const string Query = "query($n: Int!) { square(of: $n) }";
        await _sample.RunAsync(Query, new { n = 1 });

        Assert.Equal("""{"data":{"square":9}}""", Text((await _sample.RunAsync(Query, new { n = 3 })).Json));
        var wrong = await _sample.RunAsync(Query, new { n = "three" });
        Assert.False(wrong.Executed);
        Assert.Contains("HC0016", Text(wrong.Json), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_the_transport_does_not_permit_is_refused_with_405()
    {
        var result = await _sample.Executor.ExecuteAsync(
            new OperationRequest { Query = "mutation { tick(number: 1) }", Allowed = OperationKinds.Query }, CancellationToken.None);

        Assert.Equal(405, result.StatusCode);
        Assert.Equal("""{"errors":[{"message":"The specified operation kind is not allowed."}]}""", Text(result.Json));
    }

    [Fact]
    public async Task A_request_without_a_document_and_one_with_an_unknown_id_are_told_apart()
    {
        var none = await _sample.Executor.ExecuteAsync(new OperationRequest(), CancellationToken.None);
        var unknown = await _sample.Executor.ExecuteAsync(new OperationRequest { DocumentId = "abc" }, CancellationToken.None);

        Assert.Contains("HC0013", Text(none.Json), StringComparison.Ordinal);
        Assert.Contains("HC0020", Text(unknown.Json), StringComparison.Ordinal);
        Assert.Equal((400, 400), (none.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task An_operation_over_its_time_is_ended_with_HC0045()
    {
        var time = new FakeTimeProvider();
        await using var sample = new SampleExecution(time);
        var running = sample.RunAsync("{ forever }").AsTask();

        time.Advance(TimeSpan.FromSeconds(31));
        var result = await running.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Contains("`00:00:30`", Text(result.Json), StringComparison.Ordinal);
        Assert.Contains("HC0045", Text(result.Json), StringComparison.Ordinal);
        Assert.False(result.Executed);
    }

    [Fact]
    public async Task A_caller_that_has_gone_ends_the_work()
    {
        using var gone = new CancellationTokenSource();
        var running = _sample.Executor.ExecuteAsync(new OperationRequest { Query = "{ forever }" }, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => running.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
