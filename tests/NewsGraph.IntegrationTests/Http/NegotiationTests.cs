using System.Net;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>Which format and status an answer has for which Accept header.</summary>
public sealed class NegotiationTests : IAsyncLifetime
{
    private const string Hello = "{\"query\":\"{ hello }\"}";
    private const string Json = "application/json; charset=utf-8";
    private const string Response = "application/graphql-response+json; charset=utf-8";

    private SampleServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SampleServer.StartAsync();

    [Theory]
    [InlineData(null, Json)]
    [InlineData("*/*", Json)]
    [InlineData("application/*", Json)]
    [InlineData("application/json", Json)]
    [InlineData("application/graphql-response+json", Response)]
    [InlineData("application/json, application/graphql-response+json", Response)]
    [InlineData("application/json, application/graphql-response+json;q=0.9", Json)]
    [InlineData("application/graphql-response+json;q=0, */*", Json)]
    [InlineData("application/graphql-response+json, application/json, text/event-stream", Response)]
    [InlineData("application/graphql-response+json,application/json;q=0.9", Response)]
    [InlineData("text/event-stream", "text/event-stream; charset=utf-8")]
    [InlineData("application/jsonl", "application/jsonl")]
    public async Task A_single_result_has_the_format_the_client_likes_best(string? accept, string contentType)
    {
        var answer = await _server.PostAsync(Hello, accept);

        Assert.Equal(200, answer.Status);
        Assert.Equal(contentType, answer.ContentType);
    }

    [Theory]
    [InlineData("text/html", 406, "HC0063")]
    [InlineData("application/json;q=0", 406, "HC0063")]
    [InlineData("application json", 400, "HC0064")]
    public async Task An_Accept_header_nothing_fits_is_refused(string accept, int status, string code)
    {
        var answer = await _server.PostAsync(Hello, accept);

        Assert.Equal(status, answer.Status);
        Assert.Equal(Response, answer.ContentType);
        Assert.Contains(code, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ hello", "application/json", 200)]
    [InlineData("{ hello", "application/graphql-response+json", 400)]
    [InlineData("{ unknown }", "application/json", 200)]
    [InlineData("{ failsNonNull }", "application/graphql-response+json", 200)]
    [InlineData("subscription { countTo(limit: 1) }", "application/json", 405)]
    [InlineData("subscription { countTo(limit: 1) }", null, 405)]
    public async Task The_status_follows_the_format(string query, string? accept, int status)
    {
        var answer = await _server.PostAsync($"{{\"query\":\"{query}\"}}", accept);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_query_runs_by_GET_with_variables_and_a_mutation_does_not()
    {
        var query = await _server.GetAsync("/graphql?query=" + WebUtility.UrlEncode("query($n:Int!){square(of:$n)}") + "&variables=" + WebUtility.UrlEncode("{\"n\":4}"));
        var mutation = await _server.GetAsync("/graphql?query=" + WebUtility.UrlEncode("mutation{tick(number:1)}"));

        Assert.Equal("""{"data":{"square":16}}""", query.Body);
        Assert.Equal(405, mutation.Status);
        Assert.Contains("The specified operation kind is not allowed.", mutation.Body, StringComparison.Ordinal);
        Assert.Contains("POST", mutation.ContentHeaders.Allow);
    }

    [Fact]
    public async Task Other_methods_learn_which_are_allowed()
    {
        var put = await _server.SendAsync(new HttpRequestMessage(HttpMethod.Put, "/graphql"));
        var options = await _server.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/graphql"));

        Assert.Equal((405, 204), (put.Status, options.Status));
        Assert.Contains("POST", put.ContentHeaders.Allow);
    }

    [Fact]
    public async Task The_cost_is_reported_on_request()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent("{\"query\":\"{ items(first: 4) { number self { number } } }\"}", null, "application/json"),
        };
        request.Headers.Add("GraphQL-Cost", "report");

        var answer = await _server.SendAsync(request);

        Assert.Contains("\"extensions\":{\"operationCost\":{\"fieldCost\":14,\"typeCost\":8}}", answer.Body, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
