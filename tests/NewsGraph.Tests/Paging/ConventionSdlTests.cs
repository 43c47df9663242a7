using GraphQL.Types;

namespace NewsGraph.Tests.Paging;

public sealed class ConventionSdlTests : IAsyncDisposable
{
    private readonly Library _library = new();
    private readonly LibrarySchema _schema;

    public ConventionSdlTests() => _schema = new LibrarySchema(_library);

    public async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        _library.Dispose();
    }

    [Theory]
    [InlineData("BooksConnection", "pageInfo: PageInfo!, edges: [BooksEdge!], nodes: [Book!], totalCount: Int!")]
    [InlineData("BooksEdge", "cursor: String!, node: Book!")]
    [InlineData("PageInfo", "hasNextPage: Boolean!, hasPreviousPage: Boolean!, startCursor: String, endCursor: String")]
    [InlineData("SubjectFilterInput", "and: [SubjectFilterInput!], or: [SubjectFilterInput!], name: StringOperationFilterInput")]
    [InlineData("StringOperationFilterInput", "and: [StringOperationFilterInput!], or: [StringOperationFilterInput!], eq: String, neq: String, contains: String, ncontains: String, in: [String], nin: [String], startsWith: String, nstartsWith: String, endsWith: String, nendsWith: String")]
    [InlineData("BooleanOperationFilterInput", "eq: Boolean, neq: Boolean")]
    [InlineData("ShelfOperationFilterInput", "eq: Shelf, neq: Shelf, in: [Shelf], nin: [Shelf]")]
    [InlineData("IdOperationFilterInput", "eq: ID, neq: ID, in: [ID], nin: [ID]")]
    [InlineData("IntOperationFilterInput", "eq: Int, neq: Int, in: [Int], nin: [Int], gt: Int, ngt: Int, gte: Int, ngte: Int, lt: Int, nlt: Int, lte: Int, nlte: Int")]
    [InlineData("ListFilterInputTypeOfSubjectFilterInput", "all: SubjectFilterInput, none: SubjectFilterInput, some: SubjectFilterInput, any: Boolean")]
    [InlineData("NoteSortInput", "line: SortEnumType")]
    public void A_type_has_the_fields_of_the_convention(string name, string fields)
    {
        var type = Assert.IsAssignableFrom<IComplexGraphType>(_schema.Schema.AllTypes[name]);

        Assert.Equal(fields, string.Join(", ", type.Fields.Select(field => $"{field.Name}: {field.ResolvedType}")));
    }

    [Fact]
    public void A_paged_field_has_the_arguments_of_the_convention()
    {
        var field = _schema.Schema.Query.Fields.Find("books")!;

        Assert.Equal("BooksConnection", field.ResolvedType!.ToString());
        Assert.Equal(
            "first: Int, after: String, last: Int, before: String, where: BookFilterInput, order: [BookSortInput!]",
            string.Join(", ", field.Arguments!.Select(argument => $"{argument.Name}: {argument.ResolvedType}")));
    }

    [Fact]
    public void Everything_generated_is_described()
    {
        foreach (var type in _schema.Schema.AllTypes.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            if (type is IComplexGraphType complex && type.Name != "Query")
            {
                Assert.False(string.IsNullOrEmpty(type.Description), type.Name);
                Assert.All(complex.Fields, field => Assert.False(string.IsNullOrEmpty(field.Description), $"{type.Name}.{field.Name}"));
                Assert.All(complex.Fields.SelectMany(field => field.Arguments ?? []), argument => Assert.NotNull(argument.Description));
            }
        }

        Assert.All(((EnumerationGraphType)_schema.Schema.AllTypes["SortEnumType"]!).Values, value => Assert.NotNull(value.Description));
    }
}
