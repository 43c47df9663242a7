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
        type.Mutation<AddCommentInputType, AddCommentPayloadType, Comment>(
            "addComment",
            "Posts a comment on an article, or an answer to a comment.",
            async (context, input) =>
            {
                var outcome = await post.RunAsync(Request(context, input), context.CancellationToken);
                return new Payload<Comment>(outcome.Comment, outcome.Errors.Count == 0 ? null : outcome.Errors);
            });

    private static PostCommentRequest Request(IResolveFieldContext context, IDictionary<string, object?> input) => new(
        GlobalIdArguments.Parse(Text(input, "articleId"), ArticleType.TypeName),
        GlobalIdArguments.ParseOptional(Text(input, "parentId"), CommentType.TypeName),
        Text(input, "authorName")!,
        Text(input, "authorEmail")!,
        Text(input, "authorUrl"),
        Text(input, "body")!,
        Text(input, "clientKey"),
        context.GetOperationRequest()?.RemoteAddress);

    private static string? Text(IDictionary<string, object?> input, string field) => input.TryGetValue(field, out var value) ? value?.ToString() : null;
}
