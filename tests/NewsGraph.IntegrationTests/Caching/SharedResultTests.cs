using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Caching;

/// <summary>Who shares results, and which: whatever comes in, nothing is kept that is one reader's own, incomplete or too large.</summary>
public sealed class SharedResultTests : IAsyncLifetime
{
    private const string Query = """{ articleBySlug(slug: "article-1") { title } }""";
    private const string User = "X-Test-Role";

    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Settings = [.. CachedNews.Settings, "--ResponseCache:MaxBytes=1048576"],
            Services = services => services.AddSingleton<IStartupFilter, Doorman>(),
        });
        await _gateway.WriteAsync(db => new SampleNews(db).ArticleAsync(article => article.Body = new string('x', 4096)));
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    private ResponseCache Cache => _gateway.Services.GetRequiredService<ResponseCache>();

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task A_reader_with_a_role_is_never_served_what_is_shared_and_shares_nothing(string method)
    {
        Assert.True(await IsExecutedAsync(method, "moderator"));
        Assert.Equal(0, Cache.Count);
        Assert.True(await IsExecutedAsync(method));
        Assert.Equal(1, Cache.Count);

        Assert.True(await IsExecutedAsync(method, "moderator"));
        Assert.True(await IsExecutedAsync(method, "editor"));
        Assert.False(await IsExecutedAsync(method));
        Assert.Equal(1, Cache.Count);
    }

    [Fact]
    public async Task A_result_of_which_a_part_is_missing_is_not_kept()
    {
        for (var time = 0; time < 2; time++)
        {
            _gateway.Statements.Clear();
            var answer = await _gateway.SendAsync("""{ articleBySlug(slug: "article-1") { title } node(id: "wrong") { id } }""");

            Assert.Equal("Article 001", answer.GetProperty("data").GetProperty("articleBySlug").GetProperty("title").GetString());
            Assert.Equal(1, answer.GetProperty("errors").GetArrayLength());
            Assert.NotEmpty(_gateway.Statements.Statements);
        }

        Assert.Equal(0, Cache.Count);
    }

    [Fact]
    public async Task Variables_of_a_megabyte_are_served_and_not_kept()
    {
        const string BySlug = "query($slug: String!) { articleBySlug(slug: $slug) { title } }";

        await _gateway.QueryAsync(BySlug, new { slug = new string('a', 1024 * 1024) });
        await _gateway.QueryAsync(BySlug, new { slug = new string('b', 1024 * 1024) });
        Assert.Equal((0, 0L), (Cache.Count, Cache.Bytes));

        // Up to the bound they are, key and all.
        await _gateway.QueryAsync(BySlug, new { slug = new string('a', 15 * 1024) });
        Assert.Equal(1, Cache.Count);
        Assert.InRange(Cache.Bytes, 15 * 1024, 17 * 1024);
    }

    [Fact]
    public async Task A_flood_of_documents_sent_once_leaves_the_ones_in_use_and_keeps_within_the_bound()
    {
        string[] hot = [.. Enumerable.Range(0, 10).Select(i => $$"""{ hot{{i}}: articleBySlug(slug: "article-1") { body } }""")];
        for (var time = 0; time < 2; time++)
        {
            foreach (var query in hot)
            {
                await _gateway.QueryAsync(query);
            }
        }

        var most = 0L;
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (once, _) =>
        {
            await _gateway.QueryAsync($$"""{ once{{once}}: articleBySlug(slug: "article-1") { body } }""");
            most = Math.Max(Volatile.Read(ref most), Cache.Bytes);
        });

        // What is asked for once has a part of the room; the rest waits for what is asked for again.
        Assert.InRange(most, 128 * 1024, 1024 * 1024);
        _gateway.Statements.Clear();
        foreach (var query in hot)
        {
            await _gateway.QueryAsync(query);
        }

        Assert.Empty(_gateway.Statements.Statements);
    }

    private async Task<bool> IsExecutedAsync(string method, string? role = null)
    {
        using var request = method == "POST"
            ? new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = Query }) }
            : new HttpRequestMessage(HttpMethod.Get, "/graphql?query=" + Uri.EscapeDataString(Query));
        if (role is not null)
        {
            request.Headers.Add(User, role);
        }

        _gateway.Statements.Clear();
        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("""{"data":{"articleBySlug":{"title":"Article 001"}}}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return _gateway.Statements.Statements.Count > 0;
    }

    /// <summary>Knows who a reader is, as authentication in front of the endpoint does.</summary>
    private sealed class Doorman : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, then) =>
            {
                if (context.Request.Headers[User].ToString() is { Length: > 0 } role)
                {
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "test"));
                }

                return then(context);
            });
            next(app);
        };
    }
}
