using System.Net.Sockets;
using System.Text;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>What each kind of bad input gets, and that the server goes on afterwards.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private SampleServer _server = null!;

    public static TheoryData<string, string, int, string?> Bodies => new()
    {
        { "nothing", "", 400, "HC0012" },
        { "malformed JSON", "{\"query\":", 400, "HC0012" },
        { "no JSON at all", "query { hello }", 400, "HC0012" },
        { "a byte order mark", "\uFEFF{\"query\":\"{hello}\"}", 400, "HC0012" },
        { "a JSON string", "\"{ hello }\"", 400, "HC0012" },
        { "a batch", "[{\"query\":\"{ hello }\"}]", 400, "HC0009" },
        { "a batch of variables", "{\"query\":\"{ hello }\",\"variables\":[{}]}", 400, "HC0009" },
        { "no query", "{\"variables\":{}}", 400, "HC0013" },
        { "a number for a query", "{\"query\":5}", 400, "HC0012" },
        { "text for variables", "{\"query\":\"{ hello }\",\"variables\":\"{}\"}", 400, "HC0012" },
        { "half a surrogate pair in the query", "{\"query\":\"{ hello(name: \\\"\\ud800\\\") }\"}", 400, "HC0012" },
        { "half a surrogate pair in a variable", "{\"query\":\"query($n: String) { hello(name: $n) }\",\"variables\":{\"n\":\"\\ud800\"}}", 400, "HC0012" },
        { "an unknown id", "{\"id\":\"nobody\"}", 400, "HC0020" },
        { "a syntax error", "{\"query\":\"{ hello \"}", 400, "HC0011" },
        { "an unknown field", "{\"query\":\"{ goodbye }\"}", 400, null },
        { "a variable of the wrong type", "{\"query\":\"query($n: Int!) { square(of: $n) }\",\"variables\":{\"n\":\"x\"}}", 400, "HC0016" },
        { "an unknown operation name", "{\"query\":\"{ hello }\",\"operationName\":\"Nobody\"}", 400, null },
        { "10,000 braces", Query(string.Concat(Enumerable.Repeat("{a", 10_000))), 400, "HC0011" },
        { "10,000 brackets", Query("{ hello(name: " + new string('[', 10_000)), 400, "HC0011" },
        { "10,000 objects", Query("{ hello(name: " + string.Concat(Enumerable.Repeat("{a:", 10_000))), 400, "HC0011" },
        { "10,000 list types", Query("query($a: " + new string('[', 10_000)), 400, "HC0011" },
        { "10,000 levels of variables", "{\"query\":\"{ hello }\",\"variables\":" + string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), 400, "HC0012" },
        { "3,000 fields", Query("{" + string.Concat(Enumerable.Repeat(" hello", 3000)) + "}"), 400, null },
        { "a cycle of fragments", Query("{ items { ...A } } fragment A on Item { self { ...B } } fragment B on Item { self { ...A } }"), 400, null },
        { "exponential fragments", Query("{ items { ...F0 } }" + string.Concat(Enumerable.Range(0, 30).Select(n => $" fragment F{n} on Item {{ a: self {{ ...F{n + 1} }} b: self {{ ...F{n + 1} }} }}")) + " fragment F30 on Item { number }"), 400, null },
        { "an expensive operation", Query("{ items(first: 5000) { items(first: 5000) { number } } }"), 400, "HC0047" },
        { "unknown keys", "{\"query\":\"{ hello }\",\"surprise\":{\"a\":[1]}}", 200, null },
        { "comments and trailing commas", "{ /* why not */ \"query\": \"{ hello }\", }", 200, null },
    };

    public static TheoryData<string, int> ContentTypes => new()
    {
        { "", 415 },
        { "text/plain", 415 },
        { "application/x-www-form-urlencoded", 415 },
        { "application/json; charset=utf-16", 415 },
        { "application/graphql", 415 },
        { "multipart/form-data; boundary=x", 400 },
        { "APPLICATION/JSON; charset=\"UTF-8\"", 200 },
    };

    public async ValueTask InitializeAsync() => _server = await SampleServer.StartAsync();

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_gets_its_status_and_code(string name, string body, int status, string? code)
    {
        var answer = await _server.PostAsync(body);

        Assert.True(status == answer.Status, $"{name}: {answer.Status} {answer.Body}");
        Assert.Equal("application/graphql-response+json; charset=utf-8", answer.ContentType);
        if (code is not null)
        {
            Assert.Contains($"\"code\":\"{code}\"", answer.Body, StringComparison.Ordinal);
        }

        await GoesOnAsync();
    }

    [Theory]
    [MemberData(nameof(ContentTypes))]
    public async Task A_content_type_gets_its_status(string contentType, int status)
    {
        var answer = await _server.PostAsync("{\"query\":\"{ hello }\"}", contentType: contentType);

        Assert.Equal(status, answer.Status);
        await GoesOnAsync();
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new ByteArrayContent([.. "{\"query\":\"{ hello(name: \\\""u8, 0xC3, 0x28, .. "\\\") }\"}"u8]),
        };
        request.Content.Headers.ContentType = new("application/json");

        var answer = await _server.SendAsync(request);

        Assert.Equal(400, answer.Status);
        Assert.Contains("HC0012", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_announced_as_too_large_is_refused_before_it_is_sent()
    {
        var answer = await RawAsync("Content-Length: 30000000\r\n", "{\"query\":\"", until: "HC0010");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("HC0010", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        await GoesOnAsync();
    }

    [Fact]
    public async Task A_chunked_body_is_refused_once_it_is_too_large()
    {
        await using var server = await SampleServer.StartAsync(services =>
            Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<Transports.Http.GraphQLHttpOptions>(
                services, options => options.MaxRequestBytes = 100_000));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(Query(new string(' ', 120_000)), Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;

        var answer = await server.SendAsync(request);

        Assert.Equal(400, answer.Status);
        Assert.Contains("HC0010", answer.Body, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Query(string document) => "{\"query\":\"" + document + "\"}";

    private async Task GoesOnAsync()
    {
        var answer = await _server.PostAsync("{\"query\":\"{ hello }\"}");
        Assert.Equal("""{"data":{"hello":"Hello world"}}""", answer.Body);
    }

    private async Task<string> RawAsync(string headers, string body, string until)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_server.Address.Host, _server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        var text = $"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        // Not to the end: a connection closed over unread bytes ends with a reset.
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains(until, StringComparison.Ordinal))
        {
            var length = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(SampleServer.Limit);
            Assert.NotEqual(0, length);
            answer.Append(Encoding.UTF8.GetString(buffer, 0, length));
        }

        return answer.ToString();
    }
}
