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

namespace NewsGraph.Gateway.Tags;

/// <summary><c>Tag</c>.</summary>
internal sealed class TagType : ObjectGraphType<Tag>
{
    public const string TypeName = "Tag";

    public TagType(IEnumerable<IFieldsOf<TagType>> parts)
    {
        Name = TypeName;
        Description = "A topic articles are filed under.";
        this.IsNode(t => t.Id);
        Field<NonNullGraphType<StringGraphType>>("name").Description("What it is called.").From(c => c.Name);
        Field<NonNullGraphType<StringGraphType>>("slug").Description("The tag's readable name in addresses; unique.").From(c => c.Slug);
        Field<StringGraphType>("description").Description("What the tag covers, when that was written down.").From(c => c.Description);
        Field<NonNullGraphType<IntGraphType>>("articleCount").Description("How many published articles have it.").From(c => c.ArticleCount);
        foreach (var part in parts)
        {
            part.AddTo(this);
        }
    }
}

/// <summary><c>TagsConnection</c>.</summary>
internal sealed class TagsConnectionType() : ConnectionType<TagType>("Tags", "A page of tags.");

/// <summary><c>TagFilterInput</c>.</summary>
internal sealed class TagFilterInput : FilterInputType<Tag>
{
    public TagFilterInput()
        : base(nameof(TagFilterInput), "Conditions on tags. All fields that are given must match.")
    {
        NodeId("id", t => t.Id, TagType.TypeName, "The tag's id.");
        Filter("name", t => t.Name, "What it is called.");
        Filter("slug", t => t.Slug, "The readable name in addresses.");
        Filter("articleCount", t => t.ArticleCount, "How many published articles have it.");
    }
}

/// <summary><c>TagSortInput</c>.</summary>
internal sealed class TagSortInput : SortInputType<Tag>
{
    public TagSortInput()
        : base(nameof(TagSortInput), "What to sort tags by; give one field per object.")
    {
        Sort("name", t => t.Name, "What it is called, by code point.");
        Sort("articleCount", t => t.ArticleCount, "How many published articles have it.");
    }
}

/// <summary>Tags for <c>node(id:)</c>.</summary>
internal sealed class TagNodes : INodeSource
{
    public string TypeName => TagType.TypeName;

    public IDataLoaderResult<object?> Load(IResolveFieldContext context, long key) =>
        context.Loader<TagByIdLoader>().LoadAsync(key).Then(tag => (object?)tag);
}

/// <summary>Tags by id.</summary>
internal sealed class TagByIdLoader(NewsReader reader) : BatchLoader<long, Tag>
{
    private static readonly Query<IEnumerable<long>, Tag> ById =
        Query.Of((NewsContext db, IEnumerable<long> ids) => db.Set<Tag>().Where(t => ids.Contains(t.Id)));

    protected override async Task<IReadOnlyDictionary<long, Tag>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        (await reader.ReadAsync(ById, keys, cancellationToken: cancellationToken)).ToDictionary(t => t.Id);
}
