using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Specifications;

/// <summary>What is read by prepared statements is what Entity Framework reads when it translates each query anew.</summary>
public abstract partial class PreparedReadingSpecification : IAsyncLifetime
{
    private const string Parts =
        """
        fragment A on Article { id slug title standfirst bodyText publishedAt modifiedAt language canonicalUrl wordCount image { url alt width height } commentCount commentsOpen }
        fragment C on Comment { id authorName authorUrl createdAt editedAt depth likeCount replyCount }
        """;

    // One operation for every way to read.
    private static readonly string[] Operations =
    [
        "{ articles(first: 50) { nodes { ...A body authors { id name slug bio } tags { id name slug description articleCount } } totalCount } }",
        "{ articles(first: 7, order: { title: ASC }) { edges { cursor node { ...A } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
        "{ articles(last: 7, order: [{ commentCount: DESC }, { modifiedAt: ASC }]) { nodes { id title } pageInfo { hasNextPage hasPreviousPage } totalCount } }",
        "{ articles(first: 5, where: { tags: { some: { slug: { eq: \"tag1\" } } } }) { nodes { ...A body } totalCount } }",
        "{ articleBySlug(slug: \"article-3\") { ...A body relatedPosts(first: 50) { score reasons { kind label } article { ...A body tags { name } } } } }",
        "{ articleByUrl(url: \"https://news.example/article-5\") { ...A nextPost { ...A body } previousPost { ...A } } }",
        "{ articles(first: 50) { nodes { id nextPost(tag: \"VGFnOjE=\") { ...A body } previousPost(tag: \"VGFnOjE=\") { id } } } }",
        "{ tags(first: 50) { nodes { name articles(first: 3) { nodes { ...A body } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } } } }",
        "{ tags(first: 50) { nodes { name articles(last: 2, order: { title: DESC }) { nodes { id } pageInfo { hasNextPage hasPreviousPage } } } } }",
        "{ authors(first: 50, order: { name: DESC }) { nodes { name articles(first: 4) { edges { cursor node { title } } totalCount } } totalCount } }",
        "{ tagBySlug(slug: \"tag2\") { name articles(first: 5) { nodes { title } totalCount } } authorBySlug(slug: \"author2\") { name articles { totalCount nodes { title } } } }",
        "{ articles(first: 50) { nodes { comments(first: 3) { nodes { ...C bodyText replies(first: 2) { nodes { ...C body } totalCount pageInfo { hasNextPage } } } totalCount pageInfo { endCursor hasNextPage } } } } }",
        "{ articles(first: 50) { nodes { comments(first: 50, threading: FLAT, order: { createdAt: DESC }) { nodes { ...C body bodyText parent { ...C } article { title } } totalCount } } } }",
        "{ articleBySlug(slug: \"article-7\") { comments(first: 50) { nodes { id } totalCount } } }",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-prepared-");
    private IReadOnlyList<string> _settings = [];
    private TestGateway _prepared = null!;
    private TestGateway _plain = null!;

    public async ValueTask InitializeAsync()
    {
        _settings = await SettingsAsync();
        _prepared = await StartAsync(prepare: true);
        await _prepared.WriteAsync(db => RandomNews.FillAsync(db, seed: 4711));
        _plain = await StartAsync(prepare: false);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _prepared.DisposeAsync();
        await _plain.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The settings of the database, each <c>--Section:Key=value</c>.</summary>
    protected abstract Task<IReadOnlyList<string>> SettingsAsync();

    [Fact]
    public async Task Prepared_statements_answer_as_translating_anew_does()
    {
        foreach (var operation in Operations)
        {
            var document = $"{operation} {Used(operation)}";
            var expected = (await _plain.QueryAsync(document)).ToString();

            // Twice: the first run makes the statements, the second finds them made.
            Assert.Equal(expected, (await _prepared.QueryAsync(document)).ToString());
            Assert.Equal(expected, (await _prepared.QueryAsync(document)).ToString());
        }

        Assert.Equal(0, _prepared.Services.GetRequiredService<NewsReader>().Refused);
    }

    [Fact]
    public async Task Pages_follow_each_other_both_ways_without_a_gap_or_a_double()
    {
        foreach (var order in new[] { "publishedAt: DESC", "title: ASC", "commentCount: DESC" })
        {
            var all = await IdsAsync(_plain, $"first: 50, order: {{ {order} }}");
            Assert.Equal(all, await WalkAsync("first: 7", "after", "endCursor", order));
            Assert.Equal(all, await WalkAsync("last: 7", "before", "startCursor", order));
        }
    }

    private static string Used(string operation) => string.Join(
        '\n', Parts.Split('\n').Where(part => operation.Contains("..." + part.Split(' ')[1], StringComparison.Ordinal)));

    private static async Task<List<string>> IdsAsync(TestGateway gateway, string arguments)
    {
        var data = await gateway.QueryAsync($"{{ articles({arguments}) {{ nodes {{ id }} }} }}");
        return [.. data.GetProperty("articles").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!)];
    }

    private async Task<List<string>> WalkAsync(string size, string argument, string cursor, string order)
    {
        var ids = new List<string>();
        string? at = null;
        for (var page = 0; page < 20; page++)
        {
            var place = at is null ? "" : $", {argument}: \"{at}\"";
            var data = await _prepared.QueryAsync(
                $"{{ articles({size}, order: {{ {order} }}{place}) {{ nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage {cursor} }} }} }}");
            var found = data.GetProperty("articles").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!).ToList();
            ids.InsertRange(argument == "after" ? ids.Count : 0, found);
            at = data.GetProperty("articles").GetProperty("pageInfo").GetProperty(cursor).GetString();
            if (at is null || found.Count < 7)
            {
                break;
            }
        }

        return ids;
    }

    private Task<TestGateway> StartAsync(bool prepare, KnownTranslations? translations = null) => TestGateway.StartAsync(new TestGatewayOptions
    {
        Directory = _folder.FullName,
        Services = services =>
        {
            if (translations is not null)
            {
                services.AddSingleton(translations);
            }
        },
        Settings = [.. _settings, $"--Storage:PrepareStatements={prepare}", "--GraphQL:Limits:MaxFieldCost=1000000", "--GraphQL:Limits:MaxTypeCost=1000000"],
    });
}
