using System.Globalization;
using NewsGraph.Engine.Conventions.Mutations;

namespace NewsGraph.Gateway.Comments;

/// <summary>There is no such article, or none that readers can see.</summary>
public sealed record ArticleNotFoundError : IUserError
{
    public string Message => "There is no such article.";
}

/// <summary>The article takes no comments.</summary>
public sealed record CommentsClosedError : IUserError
{
    public string Message => "Comments on this article are closed.";
}

/// <summary>The comment to answer is not there, or belongs to another article.</summary>
public sealed record ParentNotFoundError : IUserError
{
    public string Message => "The comment you are answering is not there any more.";
}

/// <summary>The comment to change is not there.</summary>
public sealed record CommentNotFoundError : IUserError
{
    public string Message => "There is no such comment.";
}

/// <summary>The author's name is empty.</summary>
public sealed record AuthorNameMissingError : IUserError
{
    public string Message => "Please give your name.";
}

/// <summary>The author's email address is missing or is none.</summary>
public sealed record AuthorEmailInvalidError : IUserError
{
    public string Message => "Please give a valid email address.";
}

/// <summary>The author's web site is no web address.</summary>
public sealed record AuthorUrlInvalidError : IUserError
{
    public string Message => "A web site begins with http:// or https://.";
}

/// <summary>The comment has no text.</summary>
public sealed record CommentBodyMissingError : IUserError
{
    public string Message => "Please write a comment.";
}

/// <summary>A value is longer than it may be.</summary>
/// <param name="Field">The field of the input.</param>
/// <param name="MaxLength">The most characters it may have.</param>
public sealed record ValueTooLongError(string Field, int MaxLength) : IUserError
{
    public string Message => string.Create(CultureInfo.InvariantCulture, $"This is too long: at most {MaxLength:N0} characters.");
}

/// <summary>The author has said the same in the same place.</summary>
public sealed record DuplicateCommentError : IUserError
{
    public string Message => "It looks as though you have already said that.";
}
