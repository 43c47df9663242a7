using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Transports.Ide;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>The schema for tools and the IDE for people, at the endpoint's own address.</summary>
public sealed class SchemaAndIdeTests
{
    [Theory]
    [InlineData("/graphql?sdl")]
    [InlineData("/graphql?SDL")]
    [InlineData("/graphql/schema")]
    [InlineData("/graphql/schema/")]
    [InlineData("/graphql/schema.graphql")]
    public async Task The_schema_is_a_download_that_can_be_revalidated(string path)
    {
        await using var server = await SampleServer.StartAsync();

        var answer = await server.GetAsync(path);

        Assert.Equal("application/graphql; charset=utf-8", answer.ContentType);
        Assert.Contains("type Query {", answer.Body, StringComparison.Ordinal);
        Assert.Contains("schema.graphql", answer.ContentHeaders.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.NotNull(answer.ContentHeaders.LastModified);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(304, (await server.SendAsync(again)).Status);
    }

    [Theory]
    [InlineData("Item", 200, "type Item {")]
    [InlineData("Item,Mutation", 200, "type Mutation {")]
    [InlineData("", 400, "HC0058")]
    [InlineData("a-b", 400, "HC0059")]
    [InlineData("Nobody", 404, "HC0060")]
    public async Task Single_types_can_be_asked_for(string types, int status, string expected)
    {
        await using var server = await SampleServer.StartAsync();

        var answer = await server.GetAsync("/graphql?sdl&types=" + types);

        Assert.Equal(status, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("type Query", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_is_sent_to_the_folder_of_the_page_and_gets_page_files_and_configuration()
    {
        var folder = Directory.CreateTempSubdirectory("ide");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), "<!doctype html>IDE", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "service-worker.js"), "0", TestContext.Current.CancellationToken);
            Directory.CreateDirectory(Path.Combine(folder.FullName, "static"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "static", "main.js"), "1", TestContext.Current.CancellationToken);
            await using var server = await StartAsync(options => options.Directory = folder.FullName);

            using var redirect = await NavigateAsync(server, "/graphql?tab=1");
            Assert.Equal(HttpStatusCode.MovedPermanently, redirect.StatusCode);
            Assert.Equal("/graphql/?tab=1", redirect.Headers.Location!.ToString());

            var page = await server.GetAsync("/graphql/", "text/html");
            Assert.Equal("<!doctype html>IDE", page.Body);
            Assert.NotNull(page.Headers.ETag);
            Assert.Contains("connect-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("1", (await server.GetAsync("/graphql/static/main.js")).Body);
            Assert.Equal(404, (await server.GetAsync("/graphql/service-worker.js")).Status);
            Assert.Equal(404, (await server.GetAsync("/graphql/..%2f..%2fetc/passwd")).Status);

            foreach (var name in new[] { "bcp-config.json", "nitro-config.json" })
            {
                var config = await server.GetAsync("/graphql/" + name);
                using var json = JsonDocument.Parse(config.Body);
                Assert.Equal("no-store", config.Headers.CacheControl!.ToString());
                Assert.True(json.RootElement.GetProperty("useBrowserUrlAsEndpoint").GetBoolean());
                Assert.True(json.RootElement.GetProperty("disableTelemetry").GetBoolean());
                Assert.Equal("{ hello }", json.RootElement.GetProperty("graphQLDocument").GetString());
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Without_its_files_the_page_says_how_to_get_them_and_queries_still_run()
    {
        await using var server = await StartAsync(_ => { });

        var page = await server.GetAsync("/graphql/", "text/html");

        Assert.Contains("Install Node.js", page.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await server.PostAsync("{\"query\":\"{ hello }\"}")).Status);
    }

    [Fact]
    public async Task Switched_off_there_is_no_page_and_no_configuration()
    {
        await using var server = await SampleServer.StartAsync();

        Assert.Equal(404, (await server.GetAsync("/graphql/", "text/html")).Status);
        Assert.Equal(404, (await server.GetAsync("/graphql/bcp-config.json")).Status);
    }

    [Fact]
    public async Task A_link_with_a_query_in_it_is_executed_even_by_a_browser()
    {
        await using var server = await StartAsync(_ => { });

        var answer = await server.GetAsync("/graphql?query={hello}", "text/html,application/xhtml+xml,*/*;q=0.8");

        Assert.Equal("""{"data":{"hello":"Hello world"}}""", answer.Body);
    }

    private static Task<SampleServer> StartAsync(Action<IdeOptions> configure) =>
        SampleServer.StartAsync(services => services.Configure<IdeOptions>(options =>
        {
            options.Enabled = true;
            options.Document = "{ hello }";
            configure(options);
        }));

    private static async Task<HttpResponseMessage> NavigateAsync(SampleServer server, string path)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return await client.GetAsync(path, TestContext.Current.CancellationToken);
    }
}
