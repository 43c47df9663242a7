using GraphQL.Types;
using NewsGraph.Engine.Conventions.Mutations;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Gateway.Comments;

/// <summary>What a client says about the comment it posts; ids as it sent them.</summary>
internal sealed record AddCommentInput(
    string ArticleId,
    string? ParentId,
    string AuthorName,
    string AuthorEmail,
    string? AuthorUrl,
    string Body,
    string? ClientKey);

/// <summary><c>AddCommentInput</c>.</summary>
internal sealed class AddCommentInputType : InputType<AddCommentInput>
{
    public AddCommentInputType()
        : base("A comment to post.")
    {
        Id("articleId", "The article it is about.");
        OptionalId("parentId", "The comment it answers. Below the deepest level it is attached to the deepest comment that may have answers.");
        Field<NonNullGraphType<StringGraphType>>("authorName").Description("The author's name, shown with the comment.");
        Field<NonNullGraphType<StringGraphType>>("authorEmail").Description("The author's email address. It is never shown.");
        Field<StringGraphType>("authorUrl").Description("The author's web site.");
        Field<NonNullGraphType<StringGraphType>>("body").Description("The text. Line breaks are kept, as are links and simple emphasis in HTML; other HTML is removed.");
        Field<StringGraphType>("clientKey").Description("A key of your own, at most 100 characters, new for each comment of an article. The same key again returns the first result and stores nothing, so a retry is safe.");
    }
}

internal sealed class ArticleNotFoundErrorType()
    : UserErrorType<ArticleNotFoundError>("There is no such article, or none that readers can see.");

internal sealed class CommentsClosedErrorType()
    : UserErrorType<CommentsClosedError>("The article takes no comments.");

internal sealed class ParentNotFoundErrorType()
    : UserErrorType<ParentNotFoundError>("The comment to answer is not there, or belongs to another article.");

internal sealed class AuthorNameMissingErrorType()
    : UserErrorType<AuthorNameMissingError>("The author's name is empty.");

internal sealed class AuthorEmailInvalidErrorType()
    : UserErrorType<AuthorEmailInvalidError>("The author's email address is missing, or is none.");

internal sealed class AuthorUrlInvalidErrorType()
    : UserErrorType<AuthorUrlInvalidError>("The author's web site is no web address.");

internal sealed class CommentBodyMissingErrorType()
    : UserErrorType<CommentBodyMissingError>("The comment has no text.");

internal sealed class DuplicateCommentErrorType()
    : UserErrorType<DuplicateCommentError>("The author has said the same in the same place.");

internal sealed class ValueTooLongErrorType : UserErrorType<ValueTooLongError>
{
    public ValueTooLongErrorType()
        : base("A value is longer than it may be.")
    {
        Field<NonNullGraphType<StringGraphType>>("field").Description("The field of the input.").From(c => c.Field);
        Field<NonNullGraphType<IntGraphType>>("maxLength").Description("The most characters it may have.").From(c => c.MaxLength);
    }
}
