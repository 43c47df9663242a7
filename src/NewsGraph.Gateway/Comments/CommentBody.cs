using NewsGraph.Engine.Conventions.Mutations;
using NewsGraph.Gateway.Content;

namespace NewsGraph.Gateway.Comments;

/// <summary>A comment's text as it is stored, or what is wrong with it.</summary>
/// <param name="Html">Sanitized HTML.</param>
/// <param name="Text">The same without HTML.</param>
/// <param name="Error">What its author must put right; null when nothing.</param>
internal readonly record struct CommentBody(string Html, string Text, IUserError? Error)
{
    public static CommentBody Of(string body, CommentOptions options)
    {
        if (body.Length > options.MaxLength)
        {
            return new CommentBody("", "", new ValueTooLongError("body", options.MaxLength));
        }

        var html = HtmlCleaner.CleanComment(body);
        var text = HtmlCleaner.ToText(html);
        return new CommentBody(html, text, string.IsNullOrWhiteSpace(text) ? new CommentBodyMissingError() : null);
    }
}
