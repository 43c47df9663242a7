using System.Text.Json;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Execution;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Tags;
using NewsGraph.Testing;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Reference;

namespace NewsGraph.IntegrationTests.Contract;

/// <summary>Operations over the whole news schema give the same, executed by the engine and by GraphQL.NET.</summary>
public sealed class NewsReferenceTests(NewsReferenceTests.RandomGateway random) : IClassFixture<NewsReferenceTests.RandomGateway>
{
    private const int Operations = 150;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => new(11, 12, 13, 14);

    public static TheoryData<string> Queries => new(Repository.Files("schema/operations")
        .Where(file => File.ReadLines(file).Any(line => line.StartsWith("query", StringComparison.Ordinal)))
        .Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_sample_query_gives_the_same_as_by_GraphQL_NET(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "operations", file), Token);
        var known = random.Known;
        var variables = JsonSerializer.Serialize(new
        {
            slug = known["slug"][0],
            url = "https://news.example/none",
            id = known["id"][0],
            ids = known["ids"],
            articleId = known["id"][0],
            articleIds = new[] { known["id"][0] },
            tagId = known["tag"][0],
            tagSlug = "tag1",
            authorSlug = "author1",
            tags = new[] { "tag1" },
        });

        await CompareAsync(text, variables, file);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Generated_queries_give_the_same_as_by_GraphQL_NET(int seed)
    {
        var generator = new OperationGenerator(random.Gateway.Services.GetRequiredService<ISchema>(), seed, random.Known);
        var answered = 0;
        for (var i = 0; i < Operations; i++)
        {
            var (query, variables) = generator.Next(OperationType.Query, fields: 40);
            answered += await CompareAsync(query, variables, $"seed {seed}, operation {i}") ? 1 : 0;
        }

        Assert.True(answered > Operations / 2, $"Only {answered} operations gave data.");
    }

    private async Task<bool> CompareAsync(string query, string variables, string name)
    {
        var services = random.Gateway.Services;
        var request = new OperationRequest { Query = query, Variables = JsonSerializer.Deserialize<JsonElement>(variables) };
        var expected = await new ReferenceExecution(services).RunAsync(request, Token);
        for (var time = 0; time < 2; time++)
        {
            using var result = await services.GetRequiredService<IOperationExecutor>().ExecuteAsync(request, Token);
            var actual = ComparableResult.Of(result.Json);
            Assert.True(expected.Matches(actual), $"{name}, time {time}:\n{query}\n{variables}\nGraphQL.NET: {expected}\nThe engine: {actual}");
        }

        return expected.Data is not (null or "null");
    }

    /// <summary>A gateway with news of every kind.</summary>
    public sealed class RandomGateway : IAsyncLifetime
    {
        private const int Seed = 7;

        public TestGateway Gateway { get; private set; } = null!;

        /// <summary>What there is, by the names of the arguments that take it.</summary>
        public Dictionary<string, string[]> Known { get; } = [];

        public async ValueTask InitializeAsync()
        {
            Gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = ["--GraphQL:Limits:EnforceCost=false"] });
            await Gateway.WriteAsync(db => RandomNews.FillAsync(db, Seed, articles: 25));
            await Gateway.ReadAsync(async db =>
            {
                var articles = await db.Set<Article>().Select(a => a.Id).ToListAsync();
                var tags = await db.Set<Tag>().Select(t => t.Id).ToListAsync();
                Known["slug"] = [.. await db.Set<Article>().Select(a => a.Slug).ToListAsync(), "tag1", "tag2", "author1"];
                Known["tag"] = [.. tags.Select(id => GlobalId.Format(TagType.TypeName, id))];
                Known["id"] = Known["articleId"] = [.. articles.Select(id => GlobalId.Format(ArticleType.TypeName, id))];
                Known["ids"] = [.. Known["id"].Take(3), .. Known["tag"].Take(2), GlobalId.Format(CommentType.TypeName, 1), GlobalId.Format(AuthorType.TypeName, 1)];
                return true;
            });
        }

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }
}
