using NewsGraph.Tests.Paging;

namespace NewsGraph.Tests.Filtering;

public sealed class FilterTests : IAsyncDisposable
{
    private readonly Library _library = new();
    private readonly LibrarySchema _schema;

    public FilterTests()
    {
        _schema = new LibrarySchema(_library);
        var art = new Subject { Name = "art" };
        var birds = new Subject { Name = "birds" };
        var a = Book("Ant", null, 10, null, false, Shelf.Front, 1);
        var b = Book("ant%_hill", "Big", 20, 1, true, Shelf.Back, 2);
        var c = Book("Bee", "big", 30, 2, true, Shelf.Front, 3);
        a.Subjects.Add(art);
        b.Subjects.AddRange([art, birds]);
        b.Notes.Add(new Note { Text = "x", Line = 1 });
        b.Notes.Add(new Note { Text = "y", Line = 5 });
        c.Notes.Add(new Note { Text = "x", Line = 9 });
        _library.Add(a, b, c);
    }

    public async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        _library.Dispose();
    }

    [Theory]
    [InlineData("{}", "Ant,ant%_hill,Bee")]
    [InlineData("{ title: { eq: \"ant\" } }", "")]
    [InlineData("{ title: { eq: \"Ant\" } }", "Ant")]
    [InlineData("{ title: { neq: \"Ant\" } }", "ant%_hill,Bee")]
    [InlineData("{ title: { in: [\"Ant\", \"Bee\"] } }", "Ant,Bee")]
    [InlineData("{ title: { nin: [\"Ant\", \"Bee\"] } }", "ant%_hill")]
    [InlineData("{ title: { in: [] } }", "")]
    [InlineData("{ title: { contains: \"%_\" } }", "ant%_hill")]
    [InlineData("{ title: { contains: \"A\" } }", "Ant")]
    [InlineData("{ title: { ncontains: \"nt\" } }", "Bee")]
    [InlineData("{ title: { startsWith: \"ant\" } }", "ant%_hill")]
    [InlineData("{ title: { startsWith: \"ant%\" } }", "ant%_hill")]
    [InlineData("{ title: { nstartsWith: \"ant\" } }", "Ant,Bee")]
    [InlineData("{ title: { endsWith: \"T\" } }", "")]
    [InlineData("{ title: { endsWith: \"t\" } }", "Ant")]
    [InlineData("{ title: { endsWith: \"a very much longer operand\" } }", "")]
    [InlineData("{ title: { endsWith: \"\" } }", "Ant,ant%_hill,Bee")]
    [InlineData("{ title: { nendsWith: \"e\" } }", "Ant,ant%_hill")]
    [InlineData("{ subtitle: { eq: null } }", "Ant")]
    [InlineData("{ subtitle: { neq: null } }", "ant%_hill,Bee")]
    [InlineData("{ subtitle: { neq: \"Big\" } }", "Ant,Bee")]
    [InlineData("{ subtitle: { startsWith: \"B\" } }", "ant%_hill")]
    [InlineData("{ subtitle: { nstartsWith: \"B\" } }", "Ant,Bee")]
    [InlineData("{ subtitle: { ncontains: \"ig\" } }", "Ant")]
    [InlineData("{ subtitle: { in: [null, \"big\"] } }", "Ant,Bee")]
    [InlineData("{ subtitle: { nin: [null] } }", "ant%_hill,Bee")]
    [InlineData("{ pages: { gt: 10, lt: 30 } }", "ant%_hill")]
    [InlineData("{ pages: { ngt: 20 } }", "Ant,ant%_hill")]
    [InlineData("{ pages: { gte: 20 } }", "ant%_hill,Bee")]
    [InlineData("{ pages: { nlte: 20 } }", "Bee")]
    [InlineData("{ rating: { gt: 1 } }", "Bee")]
    [InlineData("{ rating: { ngt: 1 } }", "Ant,ant%_hill")]
    [InlineData("{ rating: { eq: null } }", "Ant")]
    [InlineData("{ lent: { neq: true } }", "Ant")]
    [InlineData("{ shelf: { eq: BACK } }", "ant%_hill")]
    [InlineData("{ shelf: { nin: [BACK] } }", "Ant,Bee")]
    [InlineData("{ printedAt: { gt: \"2024-01-01T00:00:00Z\", lte: \"2024-01-03T01:00:00+01:00\" } }", "ant%_hill,Bee")]
    [InlineData("{ subjects: { some: { name: { eq: \"birds\" } } } }", "ant%_hill")]
    [InlineData("{ subjects: { none: { name: { eq: \"birds\" } } } }", "Ant,Bee")]
    [InlineData("{ subjects: { all: { name: { eq: \"art\" } } } }", "Ant,Bee")]
    [InlineData("{ subjects: { any: true } }", "Ant,ant%_hill")]
    [InlineData("{ subjects: { any: false } }", "Bee")]
    [InlineData("{ subjects: { some: {} } }", "Ant,ant%_hill")]
    [InlineData("{ notes: { some: { book: { pages: { eq: 30 } } } } }", "Bee")]
    [InlineData("{ or: [{ pages: { eq: 10 } }, { pages: { eq: 30 }, lent: { eq: true } }] }", "Ant,Bee")]
    [InlineData("{ or: [{ pages: { eq: 10 } }, { pages: { eq: 20 } }], lent: { eq: true } }", "ant%_hill")]
    [InlineData("{ and: [{ pages: { gt: 10 } }, { or: [{ rating: { eq: 2 } }, {}] }] }", "Bee")]
    [InlineData("{ title: { or: [{ eq: \"Ant\" }, { startsWith: \"B\" }] } }", "Ant,Bee")]
    [InlineData("{ title: { and: [{ contains: \"n\" }, { contains: \"t\" }], neq: \"Ant\" } }", "ant%_hill")]
    [InlineData("{ id: { eq: \"Qm9vazoy\" } }", "ant%_hill")]
    [InlineData("{ id: { nin: [\"Qm9vazoy\"] } }", "Ant,Bee")]
    public async Task A_filter_finds_what_it_names(string where, string titles)
    {
        var data = await _schema.DataAsync($"{{ books(where: {where}, order: {{ pages: ASC }}) {{ totalCount nodes {{ title }} }} }}");

        var books = data.GetProperty("books");
        var found = books.GetProperty("nodes").EnumerateArray().Select(book => book.GetProperty("title").GetString()).ToList();
        Assert.Equal(titles, string.Join(',', found));
        Assert.Equal(found.Count, books.GetProperty("totalCount").GetInt32());
    }

    [Theory]
    [InlineData("{ title: { eq: null } }", "eq", "String!", "StringOperationFilterInput")]
    [InlineData("{ subtitle: { contains: null } }", "contains", "String!", "StringOperationFilterInput")]
    [InlineData("{ subtitle: { in: null } }", "in", "[String]!", "StringOperationFilterInput")]
    [InlineData("{ rating: { gt: null } }", "gt", "Int!", "IntOperationFilterInput")]
    [InlineData("{ pages: { neq: null } }", "neq", "Int!", "IntOperationFilterInput")]
    [InlineData("{ subjects: { any: null } }", "any", "Boolean!", "ListFilterInputTypeOfSubjectFilterInput")]
    [InlineData("{ subjects: { some: null } }", "some", "SubjectFilterInput!", "ListFilterInputTypeOfSubjectFilterInput")]
    [InlineData("{ title: null }", "title", "StringOperationFilterInput!", "BookFilterInput")]
    public async Task Null_is_refused_where_it_has_no_meaning(string where, string field, string expected, string filter)
    {
        var error = await _schema.ErrorAsync($"{{ books(where: {where}) {{ totalCount }} }}");

        Assert.Equal(
            $"The provided value for filter `{field}` of type {filter} is invalid. Null values are not supported.",
            error.GetProperty("message").GetString());
        Assert.Equal("HC0026", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(expected, error.GetProperty("extensions").GetProperty("expectedType").GetString());
        Assert.Equal(filter, error.GetProperty("extensions").GetProperty("filterType").GetString());
    }

    [Theory]
    [InlineData("Tm90ZToy")]
    [InlineData("2")]
    [InlineData("Qm9vazp4")]
    public async Task An_id_of_another_type_is_refused(string id)
    {
        var error = await _schema.ErrorAsync($"{{ books(where: {{ id: {{ eq: \"{id}\" }} }}) {{ totalCount }} }}");

        Assert.Equal(id, error.GetProperty("extensions").GetProperty("originalValue").GetString());
    }

    [Fact]
    public async Task A_filter_that_asks_too_much_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{ and: [", 20)) + "{}" + string.Concat(Enumerable.Repeat("] }", 20));
        var wide = "{ or: [" + string.Concat(Enumerable.Repeat("{ pages: { eq: 1 } } ", 65)) + "] }";
        var list = "{ pages: { in: [" + string.Join(' ', Enumerable.Range(0, 201)) + "] } }";

        foreach (var (where, limit) in new[] { (deep, "depth"), (wide, "operations"), (list, "values") })
        {
            var error = await _schema.ErrorAsync($"{{ books(where: {where}) {{ totalCount }} }}");
            Assert.Equal("FILTER_TOO_COMPLEX", error.GetProperty("extensions").GetProperty("code").GetString());
            Assert.Equal(limit, error.GetProperty("extensions").GetProperty("limit").GetString());
        }
    }

    [Fact]
    public async Task Operands_are_parameters_so_that_statements_are_reused()
    {
        await _schema.DataAsync("{ books(where: { title: { startsWith: \"secret\" }, pages: { gt: 77 }, rating: { in: [78] } }) { nodes { title } } }");
        await _schema.DataAsync("{ books(where: { title: { startsWith: \"public\" }, pages: { gt: 88 }, rating: { in: [89] } }) { nodes { title } } }");

        Assert.Equal(2, _library.Statements.Count);
        Assert.Single(_library.Statements.Distinct());
        Assert.DoesNotContain("secret", _library.Statements.First(), StringComparison.Ordinal);
        Assert.DoesNotContain("77", _library.Statements.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_may_come_as_a_variable()
    {
        var data = await _schema.DataAsync(
            "query($where: BookFilterInput) { books(where: $where) { totalCount } }",
            new { where = new { or = new object[] { new { pages = new { eq = 10 } }, new { title = new { eq = "Bee" } } } } });

        Assert.Equal(2, data.GetProperty("books").GetProperty("totalCount").GetInt32());
    }

    private static Book Book(string title, string? subtitle, int pages, int? rating, bool lent, Shelf shelf, int day) =>
        new()
        {
            Title = title,
            Subtitle = subtitle,
            Pages = pages,
            Rating = rating,
            Lent = lent,
            Shelf = shelf,
            PrintedAt = new DateTime(2024, 1, day, 0, 0, 0, DateTimeKind.Utc),
        };
}
