using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsGraph.Transports.Http;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>What pages of other origins may do.</summary>
public sealed class CorsTests
{
    private const string Page = "https://news.example";
    private const string Hello = """{"query":"{ __typename }"}""";

    [Fact]
    public async Task Without_a_setting_no_other_origin_is_told_anything()
    {
        await using var server = await SampleServer.StartAsync();

        var preflight = await PreflightAsync(server, Page, "POST", "content-type");
        var answer = await PostAsync(server, Page);

        Assert.Equal(204, preflight.Status);
        Assert.Empty(AccessHeaders(preflight));
        Assert.Equal(200, answer.Status);
        Assert.Empty(AccessHeaders(answer));
    }

    [Fact]
    public async Task A_listed_origin_may_send_what_clients_send_and_read_the_answer()
    {
        await using var server = await StartAsync(cors => cors.AllowedOrigins.Add(Page));

        var preflight = await PreflightAsync(server, Page, "POST", "content-type,graphql-cost,last-event-id,authorization,apollo-require-preflight");
        var answer = await PostAsync(server, Page);

        Assert.Equal(204, preflight.Status);
        Assert.Equal(Page, One(preflight, "Access-Control-Allow-Origin"));
        Assert.Equal(
            "content-type,graphql-cost,last-event-id,authorization,apollo-require-preflight", One(preflight, "Access-Control-Allow-Headers"));
        Assert.Contains("POST", One(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Equal("3600", One(preflight, "Access-Control-Max-Age"));
        Assert.Equal(200, answer.Status);
        Assert.Equal(Page, One(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("Retry-After,ETag", One(answer, "Access-Control-Expose-Headers"));
        Assert.Equal("Origin", One(answer, "Vary"));
        Assert.DoesNotContain("Access-Control-Allow-Credentials", AccessHeaders(answer));
    }

    [Fact]
    public async Task Another_origin_is_told_nothing_and_caches_are_told_why()
    {
        await using var server = await StartAsync(cors => cors.AllowedOrigins.Add(Page));

        var preflight = await PreflightAsync(server, "https://evil.example", "POST", "content-type");
        var answer = await PostAsync(server, "https://evil.example");
        var program = await server.PostAsync(Hello);

        Assert.Empty(AccessHeaders(preflight));
        Assert.Empty(AccessHeaders(answer));
        Assert.Equal("Origin", One(answer, "Vary"));
        Assert.Equal("Origin", One(program, "Vary"));
    }

    [Fact]
    public async Task A_refusal_can_be_read_by_the_page_too()
    {
        await using var server = await StartAsync(cors => cors.AllowedOrigins.Add(Page));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("nonsense", null, "application/json") };
        request.Headers.Add("Origin", Page);

        var answer = await server.SendAsync(request);

        Assert.Equal(400, answer.Status);
        Assert.Equal(Page, One(answer, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_star_allows_every_origin()
    {
        await using var server = await StartAsync(cors => cors.AllowedOrigins.Add("*"));

        Assert.Equal("*", One(await PreflightAsync(server, "https://any.example", "GET", "last-event-id"), "Access-Control-Allow-Origin"));
        Assert.Equal("*", One(await PostAsync(server, "https://any.example"), "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Cookies_are_allowed_to_named_origins_only()
    {
        await using var server = await StartAsync(cors =>
        {
            cors.AllowedOrigins.Add(Page);
            cors.AllowCredentials = true;
        });

        Assert.Equal("true", One(await PostAsync(server, Page), "Access-Control-Allow-Credentials"));
        await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(cors =>
        {
            cors.AllowedOrigins.Add("*");
            cors.AllowCredentials = true;
        }));
    }

    private static Task<SampleServer> StartAsync(Action<GraphQLCorsOptions> cors) =>
        SampleServer.StartAsync(services => services.Configure(cors));

    private static Task<Answer> PreflightAsync(SampleServer server, string origin, string method, string headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/graphql");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return server.SendAsync(request);
    }

    private static Task<Answer> PostAsync(SampleServer server, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(Hello, null, "application/json") };
        request.Headers.Add("Origin", origin);
        return server.SendAsync(request);
    }

    private static string One(Answer answer, string header) => Assert.Single(answer.Headers.GetValues(header));

    private static IEnumerable<string> AccessHeaders(Answer answer) =>
        answer.Headers.Select(header => header.Key).Where(name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
}
