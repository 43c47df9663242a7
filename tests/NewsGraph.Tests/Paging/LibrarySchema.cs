using System.Text.Json;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Filtering;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Tests.Paging;

/// <summary>A small schema over <see cref="Library"/>, and the way to ask it.</summary>
public sealed class LibrarySchema : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public LibrarySchema(Library library)
    {
        _services = new ServiceCollection()
            .AddSingleton(library)
            .AddGraphQL(builder => builder.AddSelfActivatingSchema<LibraryRoot>().AddSystemTextJson())
            .BuildServiceProvider();
        Schema = _services.GetRequiredService<ISchema>();
        Schema.Initialize();
    }

    public ISchema Schema { get; }

    /// <summary>Runs a query; its whole result.</summary>
    public async Task<JsonElement> AskAsync(string query, object? variables = null)
    {
        using var scope = _services.CreateScope();
        var serializer = new GraphQLSerializer();
        var result = await new DocumentExecuter().ExecuteAsync(options =>
        {
            options.Schema = Schema;
            options.Query = query;
            options.RequestServices = scope.ServiceProvider;
            options.Variables = variables is null ? null : serializer.Deserialize<Inputs>(JsonSerializer.Serialize(variables));
            options.CancellationToken = TestContext.Current.CancellationToken;
        });
        return JsonDocument.Parse(serializer.Serialize(result)).RootElement;
    }

    /// <summary>Runs a query that must succeed; its data.</summary>
    public async Task<JsonElement> DataAsync(string query, object? variables = null)
    {
        var result = await AskAsync(query, variables);
        Assert.False(result.TryGetProperty("errors", out var errors), errors.ToString());
        return result.GetProperty("data");
    }

    /// <summary>Runs a query that must fail in a field; the first error's extensions.</summary>
    public async Task<JsonElement> ErrorAsync(string query, object? variables = null)
    {
        var result = await AskAsync(query, variables);
        Assert.True(result.TryGetProperty("data", out _), result.ToString());
        return result.GetProperty("errors")[0];
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

public sealed class LibraryRoot : Schema
{
    public LibraryRoot(IServiceProvider services)
        : base(services)
    {
        Query = services.GetRequiredService<LibraryQuery>();
    }
}

public sealed class LibraryQuery : ObjectGraphType<object>
{
    public LibraryQuery()
    {
        Name = "Query";
        this.Paged("books", "All books.").Of<Book, BooksConnection>(b => b.Id)
            .Where<BookFilter>()
            .Order<BookSort>()
            .DefaultOrder(SortKey.Descending((Book b) => b.Pages))
            .Resolve(context => QueryScope.Of(Open(context), db => db.Set<Book>()));
    }

    internal static LibraryContext Open(IResolveFieldContext context) =>
        context.RequestServices!.GetRequiredService<Library>().Open();
}

public sealed class BookType : ObjectGraphType<Book>
{
    public BookType()
    {
        Name = "Book";
        Description = "A book.";
        Field(b => b.Title).Description("Its title.");
        Field(b => b.Pages).Description("Its pages.");
        Field<ListGraphType<StringGraphType>>("subjects")
            .Description("What it is about.")
            .Resolve(context => context.Loader<SubjectsOfBook>().LoadAsync(context.Source.Id));
        this.Paged("notes", "The notes in it.").Of<Note, NotesConnection>(n => n.Id)
            .Where<NoteFilter>()
            .Order<NoteSort>()
            .DefaultOrder(SortKey.Ascending((Note n) => n.Line))
            .ResolveChildren(
                book => book.Id,
                context => QueryScope.Of(
                    LibraryQuery.Open(context),
                    db => db.Set<Note>().Select(n => new ChildRow<Note> { ParentId = n.BookId, Node = n })));
        this.Paged("marks", "Its notes, their number as stored.").Of<Note, NotesConnection>(n => n.Id)
            .Where<NoteFilter>()
            .ResolveChildren(
                book => book.Id,
                context => QueryScope.Of(
                    LibraryQuery.Open(context),
                    db => db.Set<Note>().Select(n => new ChildRow<Note> { ParentId = n.BookId, Node = n })),
                _ => book => book.Pages * 100);
        this.Paged("kin", "Books on a subject of this one.").Of<Book, KinConnection>(b => b.Id)
            .Order<BookSort>()
            .ResolveChildren(
                book => book.Id,
                context => QueryScope.Of(
                    LibraryQuery.Open(context),
                    db => db.Set<Book>().SelectMany(b => b.Subjects, (b, s) => new { b.Id, SubjectId = s.Id })
                        .Join(
                            db.Set<Book>().SelectMany(b => b.Subjects, (b, s) => new { Book = b, SubjectId = s.Id }),
                            one => one.SubjectId,
                            other => other.SubjectId,
                            (one, other) => new ChildRow<Book> { ParentId = one.Id, Node = other.Book })));
    }
}

public sealed class NoteType : ObjectGraphType<Note>
{
    public NoteType()
    {
        Name = "Note";
        Description = "A note.";
        Field(n => n.Text).Description("Its text.");
        Field(n => n.Line).Description("Where it stands.");
    }
}

public sealed class BooksConnection() : ConnectionType<BookType>("Books", "Books.");

public sealed class KinConnection() : ConnectionType<BookType>("Kin", "Books.");

public sealed class NotesConnection() : ConnectionType<NoteType>("Notes", "Notes.");

public sealed class BookSort : SortInputType<Book>
{
    public BookSort()
        : base("BookSortInput", "Sorts books.")
    {
        Sort("title", b => b.Title, "By title.");
        Sort("pages", b => b.Pages, "By pages.");
        Sort("rating", b => b.Rating, "By rating.");
        Sort("printedAt", b => b.PrintedAt, "By print.");
    }
}

public sealed class NoteSort : SortInputType<Note>
{
    public NoteSort()
        : base("NoteSortInput", "Sorts notes.") =>
        Sort("line", n => n.Line, "By line.");
}

public sealed class BookFilter : FilterInputType<Book>
{
    public BookFilter()
        : base("BookFilterInput", "Filters books.")
    {
        NodeId("id", b => b.Id, "Book", "Its id.");
        Filter("title", b => b.Title, "Its title.");
        Filter("subtitle", b => b.Subtitle, "Its subtitle.");
        Filter("pages", b => b.Pages, "Its pages.");
        Filter("rating", b => b.Rating, "Its rating.");
        Filter("lent", b => b.Lent, "Whether it is out.");
        Filter("shelf", b => b.Shelf, "Where it stands.");
        Filter("printedAt", b => b.PrintedAt, "When it was printed.");
        List<Subject, SubjectFilter>("subjects", b => b.Subjects, "What it is about.");
        List<Note, NoteFilter>("notes", b => b.Notes, "Its notes.");
    }
}

public sealed class SubjectFilter : FilterInputType<Subject>
{
    public SubjectFilter()
        : base("SubjectFilterInput", "Filters subjects.") =>
        Filter("name", s => s.Name, "Its name.");
}

public sealed class NoteFilter : FilterInputType<Note>
{
    public NoteFilter()
        : base("NoteFilterInput", "Filters notes.")
    {
        Filter("text", n => n.Text, "Its text.");
        Filter("line", n => n.Line, "Its line.");
        Object<Book, BookFilter>("book", n => n.Book, "The book it is in.");
    }
}

public sealed class SubjectsOfBook(Library library) : BatchLoader<long, IReadOnlyList<string>>
{
    protected override IReadOnlyList<string> Missing(long key) => [];

    protected override async Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        await using var db = library.Open();
        var books = await db.Set<Book>().Where(b => keys.Contains(b.Id)).Select(b => new { b.Id, Names = b.Subjects.Select(s => s.Name).ToList() }).ToListAsync(cancellationToken);
        return books.ToDictionary(b => b.Id, IReadOnlyList<string> (b) => b.Names);
    }
}
