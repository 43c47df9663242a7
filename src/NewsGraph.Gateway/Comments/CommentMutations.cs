using GraphQL;
using NewsGraph.Engine.Conventions.Mutations;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution;
using NewsGraph.Gateway.Articles;

namespace NewsGraph.Gateway.Comments;

/// <summary><c>addComment</c>.</summary>
internal sealed class CommentMutations(PostComment post) : IFieldsOf<MutationType>
{
    public void AddTo(MutationType type) =>
        type.Mutation<AddCommentInput, Comment>("addComment", "Posts a comment on an article, or an answer to a comment.")
            .Input<AddCommentInputType>()
            .Result<CommentType>("comment", "The comment; null when there are errors.")
            .Error<ArticleNotFoundErrorType>()
            .Error<CommentsClosedErrorType>()
            .Error<ParentNotFoundErrorType>()
            .Error<AuthorNameMissingErrorType>()
            .Error<AuthorEmailInvalidErrorType>()
            .Error<AuthorUrlInvalidErrorType>()
            .Error<CommentBodyMissingErrorType>()
            .Error<ValueTooLongErrorType>()
            .Error<DuplicateCommentErrorType>()
            .Resolve(async (context, input) =>
            {
                var outcome = await post.RunAsync(Request(context, input), context.CancellationToken);
                return new Payload<Comment>(outcome.Comment, outcome.Errors.Count == 0 ? null : outcome.Errors);
            });

    private static PostCommentRequest Request(IResolveFieldContext context, AddCommentInput input) => new(
        GlobalIdArguments.Parse(input.ArticleId, ArticleType.TypeName),
        GlobalIdArguments.ParseOptional(input.ParentId, CommentType.TypeName),
        input.AuthorName,
        input.AuthorEmail,
        input.AuthorUrl,
        input.Body,
        input.ClientKey,
        context.GetOperationRequest()?.RemoteAddress);
}
