using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary><c>CommentCount</c>.</summary>
internal sealed class CommentCountType : ObjectGraphType<CommentCount>
{
    public CommentCountType()
    {
        Name = nameof(CommentCount);
        Description = "How many comments an article has.";
        Field<NonNullGraphType<IdGraphType>>("articleId")
            .Description("The article.")
            .From(c => GlobalId.Format(ArticleType.TypeName, c.ArticleId));
        Field<NonNullGraphType<IntGraphType>>("commentCount")
            .Description("How many comments readers can see, answers included; 0 once readers cannot read the article any more.")
            .From(c => c.Count);
    }
}

/// <summary><c>CommentCountsChanged</c>.</summary>
internal sealed class CommentCountsChangedType : ObjectGraphType<CommentCountsChanged>
{
    public CommentCountsChangedType()
    {
        Name = nameof(CommentCountsChanged);
        Description = "Articles have another number of comments.";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<CommentCountType>>>>("counts")
            .Description("The articles whose count changed, each once; in the first event all of them.")
            .From(c => c.Counts);
    }
}

/// <summary><c>onCommentCountsChanged</c>.</summary>
internal sealed class CommentCountSubscription(CommentCountSources sources, IDbContextFactory<NewsContext> databases) : IFieldsOf<SubscriptionType>
{
    private const string ArticleIds = "articleIds";
    private const int MaxArticles = 100;

    private readonly SharedReads<CommentCountSource, List<CommentCount>> _counts = new(source => ReadAsync(databases, source.ArticleIds));

    public void AddTo(SubscriptionType type) =>
        type.Field<NonNullGraphType<CommentCountsChangedType>>("onCommentCountsChanged")
            .Description("Follows the numbers of comments of a list's articles: first those there are, then what changes, together and at most once a second.")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>(ArticleIds, $"The articles, at most {MaxArticles}.")
            .FieldType.ShareStream(OpenAsync);

    private async ValueTask<SharedStream> OpenAsync(IResolveFieldContext context)
    {
        // Sorted and each once, so that the same articles in another order are the same source.
        var ids = context.GetArgument<List<string>>(ArticleIds).Select(id => GlobalIdArguments.Parse(id, ArticleType.TypeName)).Distinct().Order().ToList();
        if (ids.Count > MaxArticles)
        {
            throw ArticleErrors.TooMany(MaxArticles);
        }

        // Whoever asks for what is not there makes this node follow nothing.
        if (!sources.Holds(ids))
        {
            CheckAllFound(ids, await ReadAsync(databases, ids));
        }

        var source = await sources.HoldAsync(ids, context.CancellationToken);
        try
        {
            // The number before the counts: what happens between them is told twice rather than never.
            var number = source.Number;
            var counts = await _counts.ReadAsync(source, context.CancellationToken);
            CheckAllFound(ids, counts);
            source.Learn(counts);
            return new SharedStream
            {
                Source = source,
                After = number,
                Known = number,
                Prologue = new SourceEvent(number, new CommentCountsChanged(counts)),
                Release = () => sources.ReleaseAsync(ids),
            };
        }
        catch
        {
            await sources.ReleaseAsync(ids);
            throw;
        }
    }

    private static async Task<List<CommentCount>> ReadAsync(IDbContextFactory<NewsContext> databases, IReadOnlyCollection<long> ids)
    {
        await using var db = databases.CreateDbContext();

        // By the keys alone, as articles are read by key everywhere: see ArticleByIdLoader.
        var articles = await db.Set<Article>().Where(a => ids.Contains(a.Id))
            .OrderBy(a => a.Id)
            .Select(a => new { a.Status, Count = new CommentCount(a.Id, a.IsProtected ? 0 : a.CommentCount) })
            .ToListAsync();
        return [.. articles.Where(a => a.Status == ArticleStatus.Published).Select(a => a.Count)];
    }

    private static void CheckAllFound(List<long> ids, List<CommentCount> counts)
    {
        if (counts.Count < ids.Count)
        {
            throw ArticleErrors.NotFound(ids.Except(counts.Select(c => c.ArticleId)));
        }
    }
}
