using NewsGraph.Testing;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Contract;

/// <summary>How many statements a page costs does not depend on what is on it.</summary>
public sealed class StatementCountTests
{
    [Theory]
    [InlineData("article-page.graphql", 11, 9)]
    [InlineData("front-page.graphql", 4, 4)]
    [InlineData("tag-page.graphql", 3, 3)]
    [InlineData("flat-comments.graphql", 3, 3)]
    public async Task A_page_costs_the_same_few_statements_however_much_is_on_it(string file, int atFirst, int usually)
    {
        var small = await CountAsync(file, readings: 1, articles: 7, threads: 2, replies: 1);
        var large = await CountAsync(file, readings: 1, articles: 70, threads: 20, replies: 3);
        var again = await CountAsync(file, readings: 2, articles: 70, threads: 20, replies: 3);

        Assert.Equal(small, large);
        Assert.InRange(large.Count, 1, atFirst);
        Assert.InRange(again.Count, 1, usually);
    }

    [Fact]
    public async Task A_front_page_of_fifty_with_everything_on_it_is_a_fixed_number_of_statements()
    {
        const string Query =
            """
            {
              articles(first: 50) {
                nodes {
                  title
                  authors { name articles(first: 2) { nodes { title } totalCount } }
                  tags { name articles(first: 3) { nodes { title } totalCount } }
                  relatedPosts(first: 2) { article { title } }
                  comments(first: 2) { position nodes { bodyText parent { id } article { title } } totalCount }
                  nextPost { title }
                  previousPost { title }
                }
                totalCount
              }
            }
            """;
        var small = await StatementsAsync(Query, null, readings: 1, articles: 5, threads: 1, replies: 0);
        var large = await StatementsAsync(Query, null, readings: 1, articles: 60, threads: 4, replies: 2);

        Assert.Equal(small.Count, large.Count);
        Assert.InRange(large.Count, 1, 20);
    }

    private static async Task<List<string>> CountAsync(string file, int readings, int articles, int threads, int replies)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "operations", file), TestContext.Current.CancellationToken);
        var statements = await StatementsAsync(text, new { slug = "article-1", tagSlug = "city", first = 50 }, readings, articles, threads, replies);

        // Which tables they read, so that a failure says what came on top.
        return [.. statements.Select(Tables).Order(StringComparer.Ordinal)];
    }

    /// <summary>What the last of some readings asked the database.</summary>
    private static async Task<IReadOnlyList<string>> StatementsAsync(string query, object? variables, int readings, int articles, int threads, int replies)
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Settings = ["--GraphQL:Limits:MaxFieldCost=1000000", "--GraphQL:Limits:MaxTypeCost=1000000", "--ResponseCache:Enabled=false"],
        });
        await gateway.WriteAsync(db => FillAsync(new SampleNews(db), articles, threads, replies));
        for (var reading = 0; reading < readings; reading++)
        {
            gateway.Statements.Clear();
            await gateway.QueryAsync(query, variables);
        }

        return gateway.Statements.Statements;
    }

    private static async Task FillAsync(SampleNews news, int articles, int threads, int replies)
    {
        var city = await news.TagAsync("City");
        var sport = await news.TagAsync("Sport");
        var ada = await news.AuthorAsync("Ada");
        for (var i = 0; i < articles; i++)
        {
            var article = await news.ArticleAsync(a => a.Authors.Add(ada), i % 2 == 0 ? [city, sport] : [city]);
            for (var thread = 0; thread < threads && i < 3; thread++)
            {
                var start = await news.CommentAsync(article);
                for (var reply = 0; reply < replies; reply++)
                {
                    await news.CommentAsync(article, start);
                }
            }
        }
    }

    private static string Tables(string statement) =>
        string.Join(' ', statement.Split('"').Where(word => word is "articles" or "tags" or "authors" or "article_tags" or "article_authors" or "comments").Distinct());
}
