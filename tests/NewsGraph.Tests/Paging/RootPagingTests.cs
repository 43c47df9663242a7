using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace NewsGraph.Tests.Paging;

public sealed class RootPagingTests : IAsyncDisposable
{
    private readonly Library _library = new();
    private readonly LibrarySchema _schema;

    public RootPagingTests() => _schema = new LibrarySchema(_library);

    public async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        _library.Dispose();
    }

    [Theory]
    [InlineData("pages: ASC")]
    [InlineData("pages: DESC")]
    [InlineData("title: ASC")]
    [InlineData("title: DESC")]
    [InlineData("rating: ASC")]
    [InlineData("rating: DESC")]
    [InlineData("printedAt: DESC")]
    public async Task Every_item_is_met_once_forward_and_backward(string order)
    {
        _library.Add(Books(23));
        var whole = await TitlesAsync($"{{ books(first: 50, order: {{ {order} }}) {{ nodes {{ title }} }} }}");
        Assert.Equal(23, whole.Distinct().Count());

        Assert.Equal(whole, await WalkAsync(order, "first: 4, after", "endCursor", "hasNextPage"));
        Assert.Equal(whole, (await WalkAsync(order, "last: 4, before", "startCursor", "hasPreviousPage")).AsEnumerable().Reverse());
    }

    [Fact]
    public async Task Nulls_come_first_ascending_and_last_descending()
    {
        _library.Add(Book("a", rating: 1), Book("b", rating: null), Book("c", rating: 2));

        Assert.Equal(["b", "a", "c"], await TitlesAsync("{ books(order: { rating: ASC }) { nodes { title } } }"));
        Assert.Equal(["c", "a", "b"], await TitlesAsync("{ books(order: { rating: DESC }) { nodes { title } } }"));
    }

    [Fact]
    public async Task A_page_does_not_move_when_items_are_inserted_in_front_of_it()
    {
        _library.Add(Book("a", pages: 10), Book("b", pages: 20), Book("c", pages: 30), Book("d", pages: 40));
        var page = (await _schema.DataAsync("{ books(first: 2, order: { pages: ASC }) { pageInfo { endCursor } } }")).GetProperty("books");
        var cursor = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        _library.Add(Book("new", pages: 5), Book("between", pages: 20));

        var next = await TitlesAsync($"{{ books(first: 3, after: \"{cursor}\", order: {{ pages: ASC }}) {{ nodes {{ title }} }} }}");

        Assert.Equal(["between", "c", "d"], next);
    }

    [Fact]
    public async Task An_item_that_moves_while_its_page_is_read_stands_there_once()
    {
        _library.Add(Book("a", pages: 10), Book("b", pages: 20), Book("c", pages: 20), Book("d", pages: 20), Book("e", pages: 30));
        var page = (await _schema.DataAsync("{ books(first: 2, order: { pages: ASC }) { pageInfo { endCursor } } }")).GetProperty("books");
        var cursor = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();

        // Between those as long as the one before, and those that are longer.
        var sent = 0;
        _library.Sending = () =>
        {
            if (++sent == 2)
            {
                using var db = _library.Open();
                db.Set<Book>().Where(b => b.Title == "d").ExecuteUpdate(set => set.SetProperty(b => b.Pages, 25));
            }
        };
        var next = await TitlesAsync($"{{ books(first: 4, after: \"{cursor}\", order: {{ pages: ASC }}) {{ nodes {{ title }} }} }}");

        Assert.Equal(2, sent);
        Assert.Equal(["c", "d", "e"], next);
    }

    [Fact]
    public async Task Both_page_flags_are_right_at_both_ends_and_between()
    {
        _library.Add(Books(5));
        const string Flags = "{ pageInfo { hasNextPage hasPreviousPage } edges { cursor } }";
        var all = (await _schema.DataAsync($"{{ books {Flags} }}")).GetProperty("books").GetProperty("edges");
        var second = all[1].GetProperty("cursor").GetString();
        var fourth = all[3].GetProperty("cursor").GetString();

        Assert.Equal((false, false), await FlagsAsync($"{{ books {Flags} }}"));
        Assert.Equal((true, false), await FlagsAsync($"{{ books(first: 2) {Flags} }}"));
        Assert.Equal((true, true), await FlagsAsync($"{{ books(first: 2, after: \"{second}\") {Flags} }}"));
        Assert.Equal((false, true), await FlagsAsync($"{{ books(first: 3, after: \"{second}\") {Flags} }}"));
        Assert.Equal((false, true), await FlagsAsync($"{{ books(last: 2) {Flags} }}"));
        Assert.Equal((true, true), await FlagsAsync($"{{ books(last: 2, before: \"{fourth}\") {Flags} }}"));
        Assert.Equal((true, false), await FlagsAsync($"{{ books(last: 3, before: \"{fourth}\") {Flags} }}"));
        Assert.Equal((true, true), await FlagsAsync($"{{ books(first: 9, after: \"{second}\", before: \"{fourth}\") {Flags} }}"));
        Assert.Equal((true, false), await FlagsAsync($"{{ books(first: 0) {Flags} }}"));
    }

    [Fact]
    public async Task What_is_not_selected_is_not_fetched()
    {
        _library.Add(Books(3));

        var count = await _schema.DataAsync("{ books(where: { pages: { gte: 0 } }) { totalCount } }");
        Assert.Equal(3, count.GetProperty("books").GetProperty("totalCount").GetInt32());
        Assert.Contains("COUNT(*)", Assert.Single(_library.Statements), StringComparison.Ordinal);

        _library.Forget();
        await _schema.DataAsync("{ books { nodes { title } edges { cursor } pageInfo { endCursor hasNextPage hasPreviousPage } } }");
        Assert.DoesNotContain("COUNT(*)", Assert.Single(_library.Statements), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_has_no_cursors_and_a_count_of_zero()
    {
        var page = (await _schema.DataAsync("{ books { totalCount nodes { title } pageInfo { startCursor hasNextPage } } }")).GetProperty("books");

        Assert.Equal("""{"totalCount":0,"nodes":[],"pageInfo":{"startCursor":null,"hasNextPage":false}}""", page.GetRawText());
    }

    [Fact]
    public async Task A_deep_page_is_found_by_an_index_without_sorting()
    {
        _library.Add(Books(30));
        var cursor = (await _schema.DataAsync("{ books(first: 20, order: { pages: ASC }) { pageInfo { endCursor } } }"))
            .GetProperty("books").GetProperty("pageInfo").GetProperty("endCursor").GetString();
        _library.Forget();
        await _schema.DataAsync($"{{ books(first: 5, after: \"{cursor}\", order: {{ pages: ASC }}) {{ nodes {{ title }} }} }}");

        var plans = _library.Statements.Select(statement => _library.Plan(statement)).ToList();

        Assert.Equal(2, plans.Count);
        Assert.Contains("SEARCH b USING INDEX IX_books_Pages_Id (Pages=? AND Id>?)", plans[0], StringComparison.Ordinal);
        Assert.Contains("SEARCH b USING INDEX IX_books_Pages_Id (Pages>?)", plans[1], StringComparison.Ordinal);
        Assert.All(plans, plan => Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("first: 3, after", "Id<")]
    [InlineData("last: 3, before", "Id>")]
    public async Task A_page_among_items_of_one_number_passes_none_of_them(string arguments, string seek)
    {
        _library.Add([.. Enumerable.Range(0, 20).Select(n => Book($"Book {n}", pages: 100))]);
        var cursor = (await _schema.DataAsync("{ books(first: 10, order: { pages: DESC }) { pageInfo { endCursor } } }"))
            .GetProperty("books").GetProperty("pageInfo").GetProperty("endCursor").GetString();
        _library.Forget();

        var page = await _schema.DataAsync(
            $"{{ books({arguments}: \"{cursor}\", order: {{ pages: DESC }}) {{ nodes {{ title }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}");

        Assert.Equal(3, page.GetProperty("books").GetProperty("nodes").GetArrayLength());
        Assert.Equal("""{"hasNextPage":true,"hasPreviousPage":true}""", page.GetProperty("books").GetProperty("pageInfo").GetRawText());
        var plans = _library.Statements.Select(statement => _library.Plan(statement)).ToList();
        Assert.Equal(2, plans.Count);
        Assert.All(plans, plan => Assert.Contains("(Pages=? AND Id", plan, StringComparison.Ordinal));
        Assert.Contains(seek, plans[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first: 51", "HC0051", "The maximum allowed items per page were exceeded.")]
    [InlineData("last: 51", "HC0051", "The maximum allowed items per page were exceeded.")]
    [InlineData("first: -1", "HC0079", "The requested number of values per page must be at least 0.")]
    public async Task A_wrong_size_is_an_error_of_the_field(string argument, string code, string message)
    {
        var error = await _schema.ErrorAsync($"{{ books({argument}) {{ totalCount }} }}");

        Assert.Equal(message, error.GetProperty("message").GetString());
        Assert.Equal("books", error.GetProperty("path")[0].GetString());
        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("Query.books", error.GetProperty("extensions").GetProperty("coordinate").GetString());
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    [InlineData("{own}")]
    [InlineData("{own}1")]
    [InlineData("{own}1:2:3")]
    [InlineData("{own}x:2")]
    [InlineData("{own}99999999999:2")]
    [InlineData("{own}\\null:2")]
    [InlineData("{own}1:2\\")]
    [InlineData("{}1:2")]
    [InlineData("{000000}1:2")]
    [InlineData("1:2")]
    public async Task A_cursor_that_does_not_fit_the_order_is_refused(string text)
    {
        _library.Add(Book("Book"));
        var own = Text(await CursorAsync("pages: ASC"))[..^"1:1".Length];
        var cursor = text.StartsWith("not", StringComparison.Ordinal) || text == "AAAA"
            ? text
            : Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Replace("{own}", own, StringComparison.Ordinal)));

        foreach (var argument in new[] { "after", "before" })
        {
            var error = await _schema.ErrorAsync($"{{ books(order: {{ pages: ASC }}, {argument}: \"{cursor}\") {{ totalCount }} }}");
            Assert.Equal("HC0078", error.GetProperty("extensions").GetProperty("code").GetString());
            Assert.Equal(argument, error.GetProperty("extensions").GetProperty("argument").GetString());
        }
    }

    [Fact]
    public async Task A_cursor_has_the_key_set_format()
    {
        _library.Add(Book("Brand:12\\", pages: 3));

        var data = await _schema.DataAsync("{ books(order: [{ title: ASC }, { rating: ASC }]) { edges { cursor } } }");

        var cursor = data.GetProperty("books").GetProperty("edges")[0].GetProperty("cursor").GetString()!;
        Assert.Matches(@"^\{[0-9a-f]{6}\}Brand\\:12\\\\:\\null:1$", Text(cursor));
        var empty = await TitlesAsync($"{{ books(after: \"{cursor}\", order: [{{ title: ASC }}, {{ rating: ASC }}]) {{ nodes {{ title }} }} }}");
        Assert.Empty(empty);
    }

    [Theory]
    [InlineData("pages: DESC")]
    [InlineData("rating: ASC")]
    public async Task A_cursor_of_another_order_is_refused_even_where_its_keys_are_of_the_same_kinds(string other)
    {
        _library.Add(Book("Book", pages: 3, rating: 4));
        var cursor = await CursorAsync("pages: ASC");

        var error = await _schema.ErrorAsync($"{{ books(order: {{ {other} }}, after: \"{cursor}\") {{ totalCount }} }}");

        Assert.Equal("HC0078", error.GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Several_keys_in_one_object_apply_as_written()
    {
        _library.Add(Book("a", pages: 2), Book("b", pages: 1), Book("a", pages: 1));

        var literal = await TitlesAsync("{ books(order: { pages: ASC, title: ASC }) { nodes { title } } }");
        var variable = await TitlesAsync(
            "query($order: [BookSortInput!]) { books(order: $order) { nodes { title } } }",
            new { order = new[] { new { pages = "ASC", title = "ASC" } } });

        Assert.Equal(["a", "b", "a"], literal);
        Assert.Equal(literal, variable);
    }

    internal static Book Book(string title, int pages = 1, int? rating = null) =>
        new() { Title = title, Pages = pages, Rating = rating, PrintedAt = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc) };

    /// <summary>Books with distinct titles and many equal values in every other key.</summary>
    internal static IEnumerable<Book> Books(int count) =>
        Enumerable.Range(0, count).Select(i =>
        {
            var book = Book($"Book {i * 7 % count:00}", pages: i % 4, rating: i % 5 == 0 ? null : i % 3);
            book.PrintedAt = book.PrintedAt.AddTicks(i % 6);
            return book;
        });

    private async Task<List<string>> WalkAsync(string order, string argument, string cursorField, string more)
    {
        var titles = new List<string>();
        string? cursor = null;
        for (var page = 0; page < 20; page++)
        {
            var at = cursor is null ? argument[..argument.IndexOf(',', StringComparison.Ordinal)] : $"{argument}: \"{cursor}\"";
            var books = (await _schema.DataAsync(
                $"{{ books({at}, order: {{ {order} }}) {{ nodes {{ title }} pageInfo {{ {cursorField} {more} }} }} }}")).GetProperty("books");
            var found = Titles(books);
            titles.AddRange(more == "hasNextPage" ? found : found.AsEnumerable().Reverse());
            cursor = books.GetProperty("pageInfo").GetProperty(cursorField).GetString();
            if (!books.GetProperty("pageInfo").GetProperty(more).GetBoolean())
            {
                return titles;
            }
        }

        throw new InvalidOperationException("The pages do not end.");
    }

    private async Task<string> CursorAsync(string order) =>
        (await _schema.DataAsync($"{{ books(first: 1, order: {{ {order} }}) {{ pageInfo {{ endCursor }} }} }}"))
            .GetProperty("books").GetProperty("pageInfo").GetProperty("endCursor").GetString()!;

    private static string Text(string cursor) => Encoding.UTF8.GetString(Convert.FromBase64String(cursor));

    private async Task<(bool Next, bool Previous)> FlagsAsync(string query)
    {
        var info = (await _schema.DataAsync(query)).GetProperty("books").GetProperty("pageInfo");
        return (info.GetProperty("hasNextPage").GetBoolean(), info.GetProperty("hasPreviousPage").GetBoolean());
    }

    private async Task<List<string>> TitlesAsync(string query, object? variables = null) =>
        Titles((await _schema.DataAsync(query, variables)).GetProperty("books"));

    private static List<string> Titles(JsonElement books) =>
        books.GetProperty("nodes").EnumerateArray().Select(book => book.GetProperty("title").GetString()!).ToList();
}
