using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Gateway.Articles;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Caching;

/// <summary>What HTTP says of results that are kept, and that they are the bytes an execution gives.</summary>
public sealed class KeptAnswerTests : IAsyncLifetime
{
    private const string Query = "{ articles(first: 50) { nodes { id slug title publishedAt commentCount tags { name slug } } } }";
    private const string Address = "/graphql?query=" + "%7B%20articles(first%3A%2050)%20%7B%20nodes%20%7B%20id%20slug%20title%20publishedAt%20commentCount%20tags%20%7B%20name%20slug%20%7D%20%7D%20%7D%20%7D";

    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = CachedNews.Settings });
        await _gateway.WriteAsync(db => RandomNews.FillAsync(db, seed: 1, articles: 25));
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("application/graphql-response+json")]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    [InlineData("application/jsonl")]
    [InlineData(null)]
    public async Task A_kept_result_is_sent_as_an_executed_one_is(string? accept)
    {
        var executed = await PostAsync(accept);

        var kept = await PostAsync(accept);

        Assert.Equal(0, kept.Statements);
        Assert.NotEqual(0, executed.Statements);
        Assert.Equal(executed.Text, kept.Text);
        Assert.Equal(executed.Status, kept.Status);
        Assert.Equal(executed.Headers, kept.Headers);
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("*", "br")]
    [InlineData("deflate", null)]
    [InlineData("identity;q=1, br;q=0.2", null)]
    [InlineData("br;q=0", null)]
    [InlineData("no, header;q", null)]
    public async Task A_kept_result_is_compressed_as_the_client_likes_best(string accepted, string? coding)
    {
        var plain = await PostAsync();

        var first = await PostAsync(encoding: accepted);
        var second = await PostAsync(encoding: accepted);

        Assert.Equal(coding, first.Coding);
        Assert.Equal(coding, second.Coding);
        Assert.Equal(plain.Text, first.Text);
        Assert.Equal(plain.Text, second.Text);
        Assert.True(coding is null ? first.Length == plain.Length : first.Length < plain.Length / 2, $"{first.Length} of {plain.Length}");
    }

    [Fact]
    public async Task A_result_too_small_to_gain_by_it_is_not_compressed()
    {
        const string Small = """{"query":"{ articles(first: 1) { nodes { id } } }"}""";
        var plain = await PostAsync(body: Small);

        var kept = await PostAsync(body: Small, encoding: "br");

        Assert.Equal(0, kept.Statements);
        Assert.Null(kept.Coding);
        Assert.Equal(plain.Text, kept.Text);
    }

    [Fact]
    public async Task A_compressed_result_goes_with_what_it_was_made_of()
    {
        await PostAsync(encoding: "br");
        var before = await PostAsync(encoding: "br");

        await RenameAsync();
        var after = await PostAsync(encoding: "br");

        Assert.NotEqual(before.Text, after.Text);
        Assert.Equal((await PostAsync(authorization: "Bearer nobody")).Text, after.Text);
    }

    [Fact]
    public async Task Whoever_names_the_entity_tag_hears_304_until_it_changes()
    {
        var first = await GetAsync();
        Assert.Equal("no-cache", first.Header("Cache-Control"));
        Assert.Equal("Accept, Accept-Encoding, Authorization, GraphQL-Cost", first.Header("Vary"));

        var again = await GetAsync(condition: first.Header("ETag"));
        Assert.Equal(HttpStatusCode.NotModified, again.Status);
        Assert.Empty(again.Text);
        Assert.Equal(first.Header("ETag"), again.Header("ETag"));
        Assert.Equal(first.Header("Cache-Control"), again.Header("Cache-Control"));
        Assert.Equal(first.Header("Vary"), again.Header("Vary"));

        await RenameAsync();
        var changed = await GetAsync(condition: first.Header("ETag"));
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.NotEqual(first.Header("ETag"), changed.Header("ETag"));
        Assert.NotEqual(first.Text, changed.Text);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("\"other\", TAG", true)]
    [InlineData("STRONG", true)]
    [InlineData("\"other\"", false)]
    [InlineData("no tag at all", false)]
    public async Task The_condition_is_compared_as_http_compares_it(string condition, bool matches)
    {
        var tag = (await GetAsync()).Header("ETag")!;

        var answer = await GetAsync(condition: condition.Replace("TAG", tag).Replace("STRONG", tag[2..]));

        Assert.Equal(matches ? HttpStatusCode.NotModified : HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_result_that_is_executed_again_and_is_the_same_is_304_too()
    {
        var first = await GetAsync();
        _gateway.Services.GetRequiredService<ResponseCache>().PurgeAll();

        var again = await GetAsync(condition: first.Header("ETag"));

        Assert.NotEqual(0, again.Statements);
        Assert.Equal(HttpStatusCode.NotModified, again.Status);
    }

    [Theory]
    [InlineData("/graphql?query=%7B%20nothing%20%7D", null)]
    [InlineData("/graphql?query=%7B%20node(id%3A%20%22wrong%22)%20%7B%20id%20%7D%20%7D", null)]
    [InlineData(Address, "Bearer somebody")]
    public async Task What_is_not_kept_may_be_kept_by_nobody_else(string address, string? authorization)
    {
        var answer = await GetAsync(address, authorization: authorization, condition: "*");

        Assert.NotEqual(HttpStatusCode.NotModified, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Header("ETag"));
    }

    [Fact]
    public async Task A_request_is_checked_although_its_result_is_kept()
    {
        await PostAsync();
        await GetAsync();

        Assert.Equal(HttpStatusCode.NotAcceptable, (await PostAsync("text/html")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("application/")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PostAsync(contentType: "text/plain")).Status);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await GetAsync(accept: "text/html")).Status);
    }

    [Fact]
    public async Task A_body_and_an_address_never_share_a_result()
    {
        await GetAsync();

        var posted = await PostAsync(body: Address["/graphql".Length..]);

        Assert.Equal(HttpStatusCode.BadRequest, posted.Status);
    }

    private Task RenameAsync() => _gateway.WriteAsync(db => db.Set<Article>().ExecuteUpdateAsync(set => set.SetProperty(a => a.Title, a => a.Title + "!")));

    private Task<Kept> PostAsync(
        string? accept = "application/json", string? encoding = null, string? authorization = null, string? body = null, string contentType = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? JsonSerializer.Serialize(new { query = Query })));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = content }, accept, encoding, authorization);
    }

    private Task<Kept> GetAsync(string address = Address, string? accept = "application/json", string? condition = null, string? authorization = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (condition is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", condition);
        }

        return SendAsync(request, accept, null, authorization);
    }

    private async Task<Kept> SendAsync(HttpRequestMessage request, string? accept, string? encoding, string? authorization)
    {
        foreach (var (name, value) in new[] { ("Accept", accept), ("Accept-Encoding", encoding), ("Authorization", authorization) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        _gateway.Statements.Clear();
        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var coding = response.Content.Headers.ContentEncoding.SingleOrDefault();
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key != "Date").ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        return new Kept(response.StatusCode, Encoding.UTF8.GetString(Decode(bytes, coding)), bytes.Length, coding, headers, _gateway.Statements.Statements.Count);
    }

    private static byte[] Decode(byte[] bytes, string? coding)
    {
        using var source = new MemoryStream(bytes);
        using Stream plain = coding switch
        {
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            _ => source,
        };
        using var target = new MemoryStream();
        plain.CopyTo(target);
        return target.ToArray();
    }

    private sealed record Kept(HttpStatusCode Status, string Text, int Length, string? Coding, Dictionary<string, string> Headers, int Statements)
    {
        public string? Header(string name) => Headers.GetValueOrDefault(name);
    }
}
