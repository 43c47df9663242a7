using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Filtering;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Authors;

/// <summary><c>Author</c>.</summary>
internal sealed class AuthorType : ObjectGraphType<Author>
{
    public const string TypeName = "Author";

    public AuthorType(IEnumerable<IFieldsOf<AuthorType>> parts)
    {
        Name = TypeName;
        Description = "A journalist.";
        this.IsNode(a => a.Id);
        Field<NonNullGraphType<StringGraphType>>("name").Description("The name as the byline has it.").From(c => c.Name);
        Field<NonNullGraphType<StringGraphType>>("slug").Description("The author's readable name in addresses; unique.").From(c => c.Slug);
        Field<StringGraphType>("bio").Description("A few words about the author, when there are any.").From(c => c.Bio);
        foreach (var part in parts)
        {
            part.AddTo(this);
        }
    }
}

/// <summary><c>AuthorsConnection</c>.</summary>
internal sealed class AuthorsConnectionType() : ConnectionType<AuthorType>("Authors", "A page of authors.");

/// <summary><c>AuthorFilterInput</c>.</summary>
internal sealed class AuthorFilterInput : FilterInputType<Author>
{
    public AuthorFilterInput()
        : base(nameof(AuthorFilterInput), "Conditions on authors. All fields that are given must match.")
    {
        NodeId("id", a => a.Id, AuthorType.TypeName, "The author's id.");
        Filter("name", a => a.Name, "The name as the byline has it.");
        Filter("slug", a => a.Slug, "The readable name in addresses.");
    }
}

/// <summary><c>AuthorSortInput</c>.</summary>
internal sealed class AuthorSortInput : SortInputType<Author>
{
    public AuthorSortInput()
        : base(nameof(AuthorSortInput), "What to sort authors by; give one field per object.") =>
        Sort("name", a => a.Name, "The name, by code point.");
}

/// <summary>Authors for <c>node(id:)</c>.</summary>
internal sealed class AuthorNodes : INodeSource
{
    public string TypeName => AuthorType.TypeName;

    public IDataLoaderResult<object?> Load(IResolveFieldContext context, long key) =>
        context.Loader<AuthorByIdLoader>().LoadAsync(key).Then(author => (object?)author);
}

/// <summary>Authors by id.</summary>
internal sealed class AuthorByIdLoader(NewsReader reader) : BatchLoader<long, Author>
{
    private static readonly Query<IEnumerable<long>, Author> ById =
        Query.Of((NewsContext db, IEnumerable<long> ids) => db.Set<Author>().Where(a => ids.Contains(a.Id)));

    protected override async Task<IReadOnlyDictionary<long, Author>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        (await reader.ReadAsync(ById, keys, cancellationToken: cancellationToken)).ToDictionary(a => a.Id);
}
