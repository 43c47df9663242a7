using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Testing;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Contract;

/// <summary>Every operation in <c>schema/operations</c> does something useful with the demo content.</summary>
public abstract class SampleOperationTests(SampleOperationTests.DemoGateway demo)
{
    public static TheoryData<string> Operations =>
        new(Repository.Files("schema/operations").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_sample_operation_answers_without_an_error(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "operations", file), TestContext.Current.CancellationToken);
        if (text.Contains("\nsubscription ", StringComparison.Ordinal))
        {
            await FollowAsync(text);
            return;
        }

        // Only the variables a document declares may be needed; the others do no harm.
        var data = await demo.Gateway.QueryAsync(text, demo.Variables);

        Assert.All(data.EnumerateObject(), field => Assert.NotEqual(JsonValueKind.Null, field.Value.ValueKind));
    }

    private async Task FollowAsync(string text)
    {
        await using var stream = await demo.Gateway.SubscribeAsync(text, demo.Variables);
        var add = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "operations", "add-comment.graphql"), TestContext.Current.CancellationToken);
        var input = new { articleId = demo.Variables["articleId"], authorName = "Bob", authorEmail = "bob@example.com", body = $"Followed by {text.GetHashCode(StringComparison.Ordinal)}." };
        await demo.Gateway.QueryAsync(add, new { input });
        await LeaveAndComeBackAsync();

        var result = await stream.NextAsync();

        Assert.False(result.TryGetProperty("errors", out _), result.ToString());
    }

    // Something for those who follow articles.
    private async Task LeaveAndComeBackAsync()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.True(GlobalId.TryParse((string?)demo.Variables["articleId"], out var id) & id.TryGetInt64(out var key));
        Assert.True(await demo.Gateway.Services.GetRequiredService<WithdrawArticle>().RunAsync(key, ArticleStatus.Private, token));
        Assert.True(await demo.Gateway.Services.GetRequiredService<PublishArticle>().RunAsync(key, token));
    }

    /// <summary>A gateway as a developer finds it: Development, with the demo content.</summary>
    public abstract class DemoGateway(TestDatabase database) : IAsyncLifetime
    {
        public TestGateway Gateway { get; private set; } = null!;

        public Dictionary<string, object?> Variables { get; } = [];

        public async ValueTask InitializeAsync()
        {
            Gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database, Settings = ["--environment=Development"] });
            var data = await Gateway.QueryAsync(
                """
                {
                  articles(first: 1, order: { commentCount: DESC }) {
                    nodes { id slug canonicalUrl tags { id slug } authors { slug } comments(first: 1) { nodes { id } } }
                  }
                }
                """);
            var article = data.GetProperty("articles").GetProperty("nodes")[0];
            Variables["articleId"] = article.GetProperty("id").GetString();
            Variables["slug"] = article.GetProperty("slug").GetString();
            Variables["url"] = article.GetProperty("canonicalUrl").GetString();
            Variables["tagId"] = article.GetProperty("tags")[0].GetProperty("id").GetString();
            Variables["tagSlug"] = article.GetProperty("tags")[0].GetProperty("slug").GetString();
            Variables["authorSlug"] = article.GetProperty("authors")[0].GetProperty("slug").GetString();
            Variables["articleIds"] = new[] { Variables["articleId"] };
            Variables["tags"] = new[] { Variables["tagSlug"] };
            Variables["id"] = article.GetProperty("comments").GetProperty("nodes")[0].GetProperty("id").GetString();
            Variables["ids"] = new[] { Variables["articleId"], Variables["tagId"], Variables["id"] };
            Variables["input"] = new { articleId = Variables["articleId"], authorName = "Ada", authorEmail = "ada@example.com", body = "First." };
        }

        public ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            return Gateway.DisposeAsync();
        }
    }
}

public sealed class SqliteSampleOperationTests(SqliteSampleOperationTests.Demo demo) : SampleOperationTests(demo), IClassFixture<SqliteSampleOperationTests.Demo>
{
    public sealed class Demo() : DemoGateway(TestDatabase.Sqlite);
}

public sealed class PostgresSampleOperationTests(PostgresSampleOperationTests.Demo demo) : SampleOperationTests(demo), IClassFixture<PostgresSampleOperationTests.Demo>
{
    public sealed class Demo() : DemoGateway(TestDatabase.Postgres);
}
