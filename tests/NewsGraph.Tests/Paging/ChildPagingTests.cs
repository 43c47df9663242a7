using System.Text.Json;

namespace NewsGraph.Tests.Paging;

public sealed class ChildPagingTests : IAsyncDisposable
{
    private readonly Library _library = new();
    private readonly LibrarySchema _schema;

    public ChildPagingTests()
    {
        _schema = new LibrarySchema(_library);
        var art = new Subject { Name = "art" };
        var birds = new Subject { Name = "birds" };
        var books = new List<Book>();
        for (var i = 1; i <= 6; i++)
        {
            var book = RootPagingTests.Book($"Book {i}", pages: i);
            book.Subjects.Add(i % 2 == 0 ? art : birds);
            for (var line = 1; line <= i; line++)
            {
                book.Notes.Add(new Note { Text = $"{i}.{line}", Line = 100 - line });
            }

            books.Add(book);
        }

        _library.Add(books);
    }

    public async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        _library.Dispose();
    }

    [Fact]
    public async Task All_parents_pages_and_counts_take_one_statement_each()
    {
        var data = await _schema.DataAsync(
            "{ books(order: { pages: ASC }) { nodes { title subjects notes(first: 2) { totalCount nodes { text } edges { cursor } pageInfo { hasNextPage hasPreviousPage } } } } }");

        var notes = data.GetProperty("books").GetProperty("nodes").EnumerateArray().Select(book => book.GetProperty("notes")).ToList();
        Assert.Equal(["1.1", "2.2,2.1", "3.3,3.2", "4.4,4.3", "5.5,5.4", "6.6,6.5"], notes.Select(Texts));
        Assert.Equal([1, 2, 3, 4, 5, 6], notes.Select(n => n.GetProperty("totalCount").GetInt32()));
        Assert.Equal([false, false, true, true, true, true], notes.Select(n => n.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()));
        Assert.Equal(4, _library.Statements.Count);
    }

    [Fact]
    public async Task A_cursor_continues_in_its_parents_list()
    {
        var first = await _schema.DataAsync("{ books(where: { title: { eq: \"Book 5\" } }) { nodes { notes(first: 2) { pageInfo { endCursor } } } } }");
        var cursor = Notes(first)[0].GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var rest = await _schema.DataAsync(
            $"{{ books(where: {{ title: {{ eq: \"Book 5\" }} }}) {{ nodes {{ notes(after: \"{cursor}\") {{ nodes {{ text }} pageInfo {{ hasPreviousPage }} }} }} }} }}");

        Assert.Equal("5.3,5.2,5.1", Texts(Notes(rest)[0]));
        Assert.True(Notes(rest)[0].GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());
    }

    [Fact]
    public async Task A_single_parent_gets_a_plain_limited_query()
    {
        await _schema.DataAsync("{ books(first: 1) { nodes { notes(last: 2) { nodes { text } } } } }");

        Assert.DoesNotContain("ROW_NUMBER", _library.Statements.Last(), StringComparison.Ordinal);
        Assert.Contains("LIMIT", _library.Statements.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_order_and_direction_hold_for_every_parent()
    {
        var data = await _schema.DataAsync(
            "{ books(order: { pages: ASC }) { nodes { notes(last: 1, where: { line: { lt: 99 } }, order: { line: DESC }) { totalCount nodes { text } pageInfo { hasPreviousPage hasNextPage } } } } }");

        Assert.Equal(["", "2.2", "3.3", "4.4", "5.5", "6.6"], Notes(data).Select(Texts));
        Assert.Equal([0, 1, 2, 3, 4, 5], Notes(data).Select(n => n.GetProperty("totalCount").GetInt32()));
        Assert.Equal([false, false, true, true, true, true], Notes(data).Select(n => n.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean()));
    }

    [Fact]
    public async Task Two_selections_with_other_arguments_do_not_mix()
    {
        var data = await _schema.DataAsync(
            "{ books(first: 3) { nodes { one: notes(first: 1) { nodes { text } } two: notes(first: 2) { nodes { text } } } } }");

        var book = data.GetProperty("books").GetProperty("nodes")[0];
        Assert.Equal("6.6", Texts(book.GetProperty("one")));
        Assert.Equal("6.6,6.5", Texts(book.GetProperty("two")));
        Assert.Equal(3, _library.Statements.Count);
    }

    [Fact]
    public async Task A_list_behind_a_join_is_one_statement_too()
    {
        var data = await _schema.DataAsync(
            "{ books(order: { pages: ASC }) { nodes { kin(first: 2, order: { pages: DESC }) { totalCount nodes { title } } } } }");

        var kin = data.GetProperty("books").GetProperty("nodes").EnumerateArray().Select(book => book.GetProperty("kin")).ToList();
        Assert.All(kin, one => Assert.Equal(3, one.GetProperty("totalCount").GetInt32()));
        Assert.Equal("Book 5", kin[0].GetProperty("nodes")[0].GetProperty("title").GetString());
        Assert.Equal("Book 6", kin[1].GetProperty("nodes")[0].GetProperty("title").GetString());
        Assert.Equal(3, _library.Statements.Count);
    }

    [Fact]
    public async Task A_stored_count_takes_no_statement_but_a_filtered_list_is_counted()
    {
        var data = await _schema.DataAsync(
            "{ books(first: 2) { nodes { all: marks { totalCount } few: marks(where: { line: { lt: 96 } }) { totalCount } } } }");

        var books = data.GetProperty("books").GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal([600, 500], books.Select(book => book.GetProperty("all").GetProperty("totalCount").GetInt32()));
        Assert.Equal([2, 1], books.Select(book => book.GetProperty("few").GetProperty("totalCount").GetInt32()));
        Assert.Equal(2, _library.Statements.Count);
    }

    [Fact]
    public async Task Wrong_arguments_are_an_error_at_every_parent()
    {
        var result = await _schema.AskAsync("{ books(first: 2) { nodes { notes(first: 99) { totalCount } } } }");

        Assert.Equal(2, result.GetProperty("errors").GetArrayLength());
        Assert.Equal("Book.notes", result.GetProperty("errors")[0].GetProperty("extensions").GetProperty("coordinate").GetString());
    }

    private static List<JsonElement> Notes(JsonElement data) =>
        data.GetProperty("books").GetProperty("nodes").EnumerateArray().Select(book => book.GetProperty("notes")).ToList();

    private static string Texts(JsonElement notes) =>
        string.Join(',', notes.GetProperty("nodes").EnumerateArray().Select(note => note.GetProperty("text").GetString()));
}
