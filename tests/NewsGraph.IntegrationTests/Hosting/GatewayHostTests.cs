using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using NewsGraph.Gateway.Commands;
using NewsGraph.Gateway.Hosting;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Servers;

namespace NewsGraph.IntegrationTests.Hosting;

public sealed class GatewayHostTests
{
    [Fact]
    public async Task Production_serves_neither_introspection_nor_the_ide_unless_told_to()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = ["--GraphQL:Limits:AllowIntrospection=false"] });

        var error = await gateway.FailAsync("{ __schema { queryType { name } } }");
        using var page = await GetPageAsync(gateway);

        Assert.Equal("HC0046", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task Development_brings_demo_content_introspection_and_an_ide_with_a_first_document()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = ["--environment=Development"] });

        var data = await gateway.QueryAsync("{ articles { totalCount } __schema { queryType { name } } }");
        var config = JsonSerializer.Deserialize<JsonElement>(
            await gateway.Http.GetStringAsync("/graphql/bcp-config.json", TestContext.Current.CancellationToken));
        var document = config.GetProperty("graphQLDocument").GetString()!;

        Assert.InRange(data.GetProperty("articles").GetProperty("totalCount").GetInt32(), 20, 100);
        Assert.Contains("subscription", document, StringComparison.Ordinal);
        await gateway.QueryAsync(document, operationName: "FrontPage");
    }

    [Fact]
    public async Task It_is_ready_when_it_can_read_its_database_and_says_when_redis_is_away()
    {
        await using var redis = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        await using var alone = await TestGateway.StartAsync();
        await using var connected = await TestGateway.StartAsync(new TestGatewayOptions { Redis = redis.ConnectionString });
        await using var lost = await TestGateway.StartAsync(new TestGatewayOptions { Redis = "127.0.0.1:1,connectTimeout=200" });

        var degraded = JsonSerializer.Deserialize<JsonElement>(await lost.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));

        Assert.Equal("""{"status":"Healthy"}""", await alone.Http.GetStringAsync("/health/live", TestContext.Current.CancellationToken));
        Assert.Equal(
            """{"status":"Healthy","parts":{"database":{"status":"Healthy"},"bus":{"status":"Healthy"},"shutdown":{"status":"Healthy"}}}""",
            await alone.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
        Assert.Equal("Degraded", degraded.GetProperty("status").GetString());
        Assert.Contains("Redis", degraded.GetProperty("parts").GetProperty("bus").GetProperty("reason").GetString(), StringComparison.Ordinal);
        await connected.QueryAsync("{ articles { totalCount } }");
    }

    [Fact]
    public async Task What_is_asked_before_the_first_reader_can_be_answered()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = ["--environment=Development"] });

        var dry = await gateway.QueryAsync(Preparation.Pages, new { ask = false }, operationName: "front");
        var front = await gateway.QueryAsync(Preparation.Pages, new { ask = true }, operationName: "front");
        var slug = front.GetProperty("articles").GetProperty("nodes")[0].GetProperty("slug").GetString();

        Assert.Equal("{}", dry.GetRawText());
        foreach (var page in Preparation.ArticlePages)
        {
            var article = await gateway.QueryAsync(Preparation.Pages, new { slug }, operationName: page);
            Assert.NotEmpty(article.GetProperty("articleBySlug").GetProperty("id").GetString()!);
        }
    }

    [Fact]
    public async Task It_starts_where_what_is_asked_first_costs_more_than_is_allowed()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Settings = ["--environment=Development", "--GraphQL:Limits:MaxFieldCost=1"],
        });

        using var ready = await gateway.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task The_server_does_not_say_what_it_is()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var response = await gateway.Http.GetAsync("/health/live", TestContext.Current.CancellationToken);

        Assert.Empty(response.Headers.Server);
    }

    [Fact]
    public async Task It_serves_https_with_a_certificate_named_by_settings()
    {
        var folder = Directory.CreateTempSubdirectory("newsgraph-https-");
        var file = Path.Combine(folder.FullName, "own.pfx");
        using var key = ECDsa.Create();
        using var own = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await File.WriteAllBytesAsync(file, own.Export(X509ContentType.Pfx, "secret"), TestContext.Current.CancellationToken);
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Settings = ["--urls=https://127.0.0.1:0", $"--Kestrel:Certificates:Default:Path={file}", "--Kestrel:Certificates:Default:Password=secret"],
        });
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == own.Thumbprint,
        };
        using var client = new HttpClient(handler) { Timeout = Waiting.Limit };

        var health = await client.GetStringAsync(gateway.Url + "/health/live", TestContext.Current.CancellationToken);

        Assert.StartsWith("https://", gateway.Url, StringComparison.Ordinal);
        Assert.Equal("""{"status":"Healthy"}""", health);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_with_a_cure()
    {
        await using var gateway = await TestGateway.StartAsync();
        var folder = Directory.CreateTempSubdirectory("newsgraph-busy-");
        await using var error = new StringWriter();

        var code = await GatewayCommands.RunAsync(
            ["serve", $"--urls={gateway.Url}", $"--Storage:Directory={folder.FullName}", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft=None"], TextWriter.Null, error);

        Assert.Equal(GatewayCommands.Failed, code);
        Assert.Contains("--urls=", Assert.Single(error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static async Task<HttpResponseMessage> GetPageAsync(TestGateway gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql/");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return await gateway.Http.SendAsync(request);
    }
}
