using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>That a comment was added.</summary>
/// <param name="Comment">The comment as it is now.</param>
/// <param name="Position">The event's place in the article's feed.</param>
/// <param name="CommentCount">The article's comments after it.</param>
internal sealed record CommentAdded(Comment Comment, string Position, long CommentCount) : IPositioned;

/// <summary><c>CommentAdded</c>.</summary>
internal sealed class CommentAddedType : ObjectGraphType<CommentAdded>
{
    public CommentAddedType()
    {
        Name = "CommentAdded";
        Description = "A comment was added to an article.";
        Field<NonNullGraphType<CommentType>>("comment").Description("The comment.").Resolve(c => c.Source.Comment);
        Field<NonNullGraphType<StringGraphType>>("position")
            .Description("The event's place in the article's feed. Opaque; every event of the feed has one of its own.")
            .Resolve(c => c.Source.Position);
        Field<NonNullGraphType<IntGraphType>>("commentCount")
            .Description("How many comments of the article readers could see once this one was there.")
            .Resolve(c => c.Source.CommentCount);
    }
}

/// <summary><c>onCommentAdded</c>.</summary>
internal sealed class CommentSubscriptions(FeedHub feeds, DatabaseSetup database, IDbContextFactory<NewsContext> databases) : IFieldsOf<SubscriptionType>
{
    public void AddTo(SubscriptionType type) =>
        type.Field<NonNullGraphType<CommentAddedType>>("onCommentAdded")
            .Description("Follows an article's comments: every one posted from now on, once and in order.")
            .Argument<NonNullGraphType<IdGraphType>>("articleId", "The article.")
            .FieldType.StreamFrom(FollowAsync);

    private async ValueTask<IAsyncEnumerable<CommentAdded>> FollowAsync(IResolveFieldContext context)
    {
        var id = context.GetNodeId("articleId", ArticleType.TypeName);
        await using (var db = databases.CreateDbContext())
        {
            if (!await db.Set<Article>().Where(Article.IsPublic).AnyAsync(a => a.Id == id && !a.IsProtected, context.CancellationToken))
            {
                throw new ExecutionError("There is no article with this id.") { Code = "ARTICLE_NOT_FOUND" };
            }
        }

        return ReadAsync(await feeds.FollowAsync(FeedNames.OfArticle(id), context.CancellationToken));
    }

    private async IAsyncEnumerable<CommentAdded> ReadAsync(FeedSubscription feed, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in feed.WithCancellation(cancellationToken))
        {
            if (entry.Kind == FeedEventKind.CommentAdded && await FindAsync(entry.SubjectId, cancellationToken) is { } comment)
            {
                yield return new CommentAdded(comment, new FeedPosition(database.Epoch, entry.Feed, entry.Number).ToString(), entry.Count);
            }
        }
    }

    // Read at delivery, so that nothing hidden since is shown.
    private async Task<Comment?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        return await db.ReadableComments().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
    }
}
