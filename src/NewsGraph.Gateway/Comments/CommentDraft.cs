using System.Net.Mail;
using NewsGraph.Engine.Conventions.Mutations;

namespace NewsGraph.Gateway.Comments;

/// <summary>A post, tidied, and everything that can be seen to be wrong with it without the database.</summary>
internal sealed class CommentDraft
{
    private const int MaxClientKeyLength = 100;

    private readonly List<IUserError> _errors = [];

    private CommentDraft(PostCommentRequest request)
    {
        ArticleId = request.ArticleId;
        ParentId = request.ParentId;
        AuthorName = Line(request.AuthorName);
        AuthorEmail = Line(request.AuthorEmail);
        AuthorUrl = request.AuthorUrl is null || Line(request.AuthorUrl) is "" ? null : Line(request.AuthorUrl);
        AuthorAddress = request.AuthorAddress;
        ClientKey = string.IsNullOrWhiteSpace(request.ClientKey) ? null : request.ClientKey;
    }

    public long ArticleId { get; }

    public long? ParentId { get; }

    public string AuthorName { get; }

    public string AuthorEmail { get; }

    public string? AuthorUrl { get; }

    public string? AuthorAddress { get; }

    public string? ClientKey { get; }

    public string Body { get; private set; } = "";

    public string BodyText { get; private set; } = "";

    public IReadOnlyList<IUserError> Errors => _errors;

    public static CommentDraft Of(PostCommentRequest request, CommentOptions options)
    {
        var draft = new CommentDraft(request);
        draft.CheckAuthor(options);
        draft.CheckLength("clientKey", draft.ClientKey, MaxClientKeyLength);
        draft.ReadBody(request.Body, options);
        return draft;
    }

    public Comment ToComment(Comment? parent, DateTime now) => new()
    {
        ArticleId = ArticleId,
        ParentId = parent?.Id,
        Depth = (parent?.Depth ?? 0) + 1,
        Status = CommentStatus.Approved,
        AuthorName = AuthorName,
        AuthorEmail = AuthorEmail,
        AuthorUrl = AuthorUrl,
        AuthorAddress = AuthorAddress,
        Body = Body,
        BodyText = BodyText,
        CreatedAt = now,
        ClientKey = ClientKey,
        TextHash = CommentText.Hash(BodyText),
    };

    private void CheckAuthor(CommentOptions options)
    {
        if (AuthorName.Length == 0)
        {
            _errors.Add(new AuthorNameMissingError());
        }

        if (AuthorEmail.Length <= options.MaxEmailLength && !IsEmail(AuthorEmail))
        {
            _errors.Add(new AuthorEmailInvalidError());
        }

        if (AuthorUrl is { } url && url.Length <= options.MaxUrlLength && !IsWebAddress(url))
        {
            _errors.Add(new AuthorUrlInvalidError());
        }

        CheckLength("authorName", AuthorName, options.MaxNameLength);
        CheckLength("authorEmail", AuthorEmail, options.MaxEmailLength);
        CheckLength("authorUrl", AuthorUrl, options.MaxUrlLength);
    }

    private void ReadBody(string body, CommentOptions options)
    {
        (Body, BodyText, var error) = CommentBody.Of(body, options);
        if (error is not null)
        {
            _errors.Add(error);
        }
    }

    private void CheckLength(string field, string? value, int limit)
    {
        if (value?.Length > limit)
        {
            _errors.Add(new ValueTooLongError(field, limit));
        }
    }

    /// <summary>One line of text: whatever else was in it becomes a space.</summary>
    private static string Line(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private static bool IsEmail(string text) =>
        MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && address.Host.Contains('.', StringComparison.Ordinal)
        && !address.Host.StartsWith('.') && !address.Host.EndsWith('.');

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
