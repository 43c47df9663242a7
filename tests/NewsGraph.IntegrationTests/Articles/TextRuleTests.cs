using System.Text;
using System.Text.Json;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

/// <summary>How text and times are compared, found and sorted: the same on every database.</summary>
public abstract class TextRuleTests(TextRuleTests.News news)
{
    private const string Accent = "\u00E9t\u00E9"; // été, composed
    private const string Combined = "e\u0301te\u0301"; // été, with combining accents
    private const string Grin = "\U0001F600";
    private const string Late = "\uFF21"; // above the surrogates, below what they encode

    // In the order of code points.
    private static readonly string[] Titles =
    [
        "", " ant", "100% sure", "100x sure", "ANT", "Ant", "[ant]", "a\\b", "a_b", "ant", "ant hill", "axb", Combined, "zoo", Accent, Late, Grin, $"{Grin}ant",
    ];

    [Theory]
    [InlineData("eq", "ant", "ant")]
    [InlineData("eq", "ANT", "ANT")]
    [InlineData("eq", "ant ", "")]
    [InlineData("eq", Accent, Accent)]
    [InlineData("neq", "zoo", null)]
    [InlineData("in", "ant|zoo|Zoo", "ant|zoo")]
    [InlineData("contains", "nt", " ant|Ant|[ant]|ant|ant hill|\U0001F600ant")]
    [InlineData("contains", "NT", "ANT")]
    [InlineData("contains", "%", "100% sure")]
    [InlineData("contains", "_", "a_b")]
    [InlineData("contains", "\\", "a\\b")]
    [InlineData("contains", "[a", "[ant]")]
    [InlineData("contains", Grin, "\U0001F600|\U0001F600ant")]
    [InlineData("contains", "e", "100% sure|100x sure|" + Combined)]
    [InlineData("startsWith", "ant", "ant|ant hill")]
    [InlineData("startsWith", "A", "ANT|Ant")]
    [InlineData("startsWith", "100%", "100% sure")]
    [InlineData("startsWith", "a_", "a_b")]
    [InlineData("startsWith", "a\\", "a\\b")]
    [InlineData("startsWith", Grin, "\U0001F600|\U0001F600ant")]
    [InlineData("startsWith", Grin + "a", "\U0001F600ant")]
    [InlineData("startsWith", "\u00E9", Accent)]
    [InlineData("endsWith", "ant", " ant|ant|\U0001F600ant")]
    [InlineData("endsWith", "NT", "ANT")]
    [InlineData("endsWith", "% sure", "100% sure")]
    [InlineData("endsWith", "_b", "a_b")]
    [InlineData("endsWith", Grin, Grin)]
    [InlineData("endsWith", Grin + "ant", "\U0001F600ant")]
    [InlineData("nstartsWith", "ant", null)]
    public async Task Text_is_found_as_it_is_written(string operation, string operand, string? expected)
    {
        var filter = new Dictionary<string, object?> { [operation] = operation == "in" ? operand.Split('|') : operand };

        var found = await news.TitlesAsync("$where: ArticleFilterInput", "where: $where", new { where = new { title = filter } });

        var some = expected?.Split('|', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(some ?? Titles.Where(t => operation == "neq" ? t != operand : !t.StartsWith(operand, StringComparison.Ordinal)), found);
    }

    [Fact]
    public async Task Text_is_sorted_by_code_point()
    {
        Assert.Equal(Titles, Titles.OrderBy(t => Encoding.UTF32.GetBytes(t).Chunk(4).Select(b => BitConverter.ToInt32(b)), new Lexical()));
        Assert.Equal(Titles, await news.TitlesAsync("", "order: { title: ASC }", null));
        Assert.Equal(Titles.Reverse(), await news.TitlesAsync("", "order: { title: DESC }", null));
    }

    [Theory]
    [InlineData("{ title: ASC }")]
    [InlineData("{ title: DESC }")]
    [InlineData("{ publishedAt: ASC }")]
    [InlineData("[{ commentCount: DESC }, { title: ASC }]")]
    public async Task Every_cursor_continues_exactly_behind_its_item(string order)
    {
        var all = await news.TitlesAsync("", $"order: {order}", null);
        List<string> paged = [];
        string? after = null;
        do
        {
            var page = await news.PageAsync("$after: String", $"first: 1, after: $after, order: {order}", new { after });
            paged.AddRange(News.TitlesOf(page));
            after = page.GetProperty("pageInfo") is var info && info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null && paged.Count <= Titles.Length);

        Assert.Equal(all, paged);
        Assert.Equal(Titles.Length, paged.Count);
    }

    [Theory]
    [InlineData("eq", "2026-01-01T08:00:00.123456Z", true)]
    [InlineData("eq", "2026-01-01T09:00:00.123456+01:00", true)]
    [InlineData("eq", "2026-01-01T08:00:00.1234569Z", true)]
    [InlineData("eq", "2026-01-01T08:00:00.123457Z", false)]
    [InlineData("gt", "2026-01-01T08:00:00.123455Z", true)]
    [InlineData("gt", "2026-01-01T08:00:00.123456Z", false)]
    [InlineData("gte", "0001-01-01T00:00:00Z", true)]
    [InlineData("lt", "9999-12-31T23:59:59.9999999Z", true)]
    [InlineData("gt", "9999-12-31T23:59:59.9999999Z", false)]
    public async Task Times_are_compared_to_the_microsecond(string operation, string operand, bool found)
    {
        var filter = new Dictionary<string, object?> { [operation] = operand };

        var titles = await news.TitlesAsync("$where: ArticleFilterInput", "where: $where", new { where = new { modifiedAt = filter } });

        Assert.Equal(found ? Titles.Length : 0, titles.Count);
    }

    [Theory]
    [InlineData("eq", "\u0000")]
    [InlineData("contains", "\u0000")]
    [InlineData("startsWith", "ant\u0000")]
    [InlineData("in", "\u0000")]
    [InlineData("gt", null)]
    public async Task What_no_database_can_hold_is_found_nowhere_and_breaks_nothing(string operation, string? operand)
    {
        if (operand is null)
        {
            Assert.Empty(await news.TitlesAsync("", """where: { title: { eq: "\uD83D" } }""", null));
            Assert.Empty(await news.TitlesAsync("", """where: { or: [{ slug: { contains: "\uDE00\uD83D" } }, { title: { in: ["a\u0000"] } }] }""", null));
            return;
        }

        var filter = new Dictionary<string, object?> { [operation] = operation == "in" ? new[] { operand, "x" } : operand };

        Assert.Empty(await news.TitlesAsync("$where: ArticleFilterInput", "where: $where", new { where = new { title = filter } }));
    }

    /// <summary>A gateway with one article for each title.</summary>
    public abstract class News(TestDatabase database) : IAsyncLifetime
    {
        private TestGateway _gateway = null!;

        public async ValueTask InitializeAsync()
        {
            _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database });
            await _gateway.WriteAsync(async db =>
            {
                var sample = new SampleNews(db);
                foreach (var title in Titles.OrderBy(t => t.Length))
                {
                    await sample.ArticleAsync(article =>
                    {
                        article.Title = title;
                        article.CommentCount = title.Length % 3;
                        article.PublishedAt = SampleNews.Start.AddMinutes(title.Length / 2);
                        article.ModifiedAt = SampleNews.Start.AddTicks(1_234_569);
                    });
                }
            });
        }

        public ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            return _gateway.DisposeAsync();
        }

        public async Task<List<string>> TitlesAsync(string variables, string arguments, object? values)
        {
            var order = arguments.Contains("order:", StringComparison.Ordinal) ? "" : ", order: { title: ASC }";
            return TitlesOf(await PageAsync(variables, $"first: 50, {arguments}{order}", values));
        }

        public async Task<JsonElement> PageAsync(string variables, string arguments, object? values)
        {
            var declared = variables.Length > 0 ? $"({variables})" : "";
            var data = await _gateway.QueryAsync(
                $"query{declared} {{ articles({arguments}) {{ nodes {{ title }} pageInfo {{ hasNextPage endCursor }} }} }}", values);
            return data.GetProperty("articles");
        }

        public static List<string> TitlesOf(JsonElement page) =>
            [.. page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("title").GetString()!)];
    }

    private sealed class Lexical : IComparer<IEnumerable<int>>
    {
        public int Compare(IEnumerable<int>? x, IEnumerable<int>? y)
        {
            var differing = x!.Zip(y!).FirstOrDefault(pair => pair.First != pair.Second);
            return differing == default ? x!.Count().CompareTo(y!.Count()) : differing.First.CompareTo(differing.Second);
        }
    }
}

public sealed class SqliteTextRuleTests(SqliteTextRuleTests.Store store) : TextRuleTests(store), IClassFixture<SqliteTextRuleTests.Store>
{
    public sealed class Store() : News(TestDatabase.Sqlite);
}

public sealed class PostgresTextRuleTests(PostgresTextRuleTests.Store store) : TextRuleTests(store), IClassFixture<PostgresTextRuleTests.Store>
{
    public sealed class Store() : News(TestDatabase.Postgres);
}
