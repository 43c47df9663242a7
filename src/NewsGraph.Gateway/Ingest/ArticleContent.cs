using System.Globalization;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Content;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>Writes what an item says into an article.</summary>
internal sealed class ArticleContent(SiteIdentity site, ImportImages images, SlugRegister slugs, TimeProvider clock)
{
    private const int MaxDerivedTitle = 60;

    /// <summary>The slug an item asks for.</summary>
    public static string Slug(WxrItem item) =>
        Slugs.Of(item.Slug, PostContent.ToLine(item.Title), string.Create(CultureInfo.InvariantCulture, $"post-{item.PostId}"));

    /// <summary>When the item was last changed, as far as it says.</summary>
    public static DateTime? Modified(WxrItem item) => WxrDates.Parse(item.ModifiedGmt) ?? WxrDates.Of(item);

    /// <summary>What counts as a change of an article; what is derived from these is left out.</summary>
    public static Facts FactsOf(Article article) => new(
        article.Slug, article.Title, article.Standfirst, article.Body, article.Language, article.CanonicalUrl, article.Status,
        article.IsProtected, article.PublishedAt, article.ModifiedAt, article.CommentsOpen,
        article.Image?.Url, article.Image?.Alt, article.Image?.Width, article.Image?.Height);

    public Article Create(PreparedPost post)
    {
        var article = new Article
        {
            ImportKey = post.Key,
            Slug = slugs.Take(Slug(post.Item)),
            Title = "",
            Body = "",
            BodyText = "",
            ModifiedAt = clock.GetUtcNow().UtcDateTime,
        };
        Write(article, post);
        return article;
    }

    public void Write(Article article, PreparedPost post)
    {
        var item = post.Item;
        var wanted = Slug(item);
        if (article.Slug != wanted && !Slugs.IsNumbered(article.Slug, wanted))
        {
            article.Slug = slugs.Take(wanted);
        }

        // Its password is not kept, so its text is not either: what is not here cannot leak.
        article.IsProtected = item.Password.Length > 0;
        article.Body = post.Texts.Body;
        article.BodyText = post.Texts.BodyText;
        article.Standfirst = !article.IsProtected && PostContent.ToLine(item.Excerpt) is { Length: > 0 } excerpt ? excerpt : null;
        article.Title = Title(item, article);
        article.WordCount = TextMeasure.CountWords(article.BodyText);
        article.ReadingMinutes = TextMeasure.ReadingMinutes(article.WordCount);
        article.Language = site.Language.Length > 0 ? site.Language : null;
        article.CanonicalUrl = Uri.TryCreate(item.Link, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? item.Link : null;
        article.CommentsOpen = !article.IsProtected && item.CommentStatus is "open" or "";
        article.Status = Status(item.Status);
        WriteDates(article, item);
        WriteImage(article, item);
    }

    private void WriteDates(Article article, WxrItem item)
    {
        var date = WxrDates.Of(item);
        article.ModifiedAt = Modified(item) ?? article.ModifiedAt;
        if (article.Status is ArticleStatus.Draft or ArticleStatus.Pending)
        {
            article.PublishedAt = null;
        }
        else
        {
            // Without a date it keeps the one it got with the first import.
            article.PublishedAt = date ?? article.PublishedAt ?? article.ModifiedAt;
        }

        if (article.Status == ArticleStatus.Scheduled && article.PublishedAt <= clock.GetUtcNow().UtcDateTime)
        {
            // Its time came after the export was made.
            article.Status = ArticleStatus.Published;
        }
    }

    private void WriteImage(Article article, WxrItem item)
    {
        if (WxrSurvey.LeadImageId(item) is not { } id)
        {
            article.Image = null;
        }
        else if (images.Find(site.Key, id) is { } image)
        {
            // Changed in place: a new object would be a change to the database even when it says the same.
            article.Image ??= new ArticleImage { Url = image.Url };
            (article.Image.Url, article.Image.Alt) = (image.Url, image.Alt);
            (article.Image.Width, article.Image.Height) = (image.Width, image.Height);
        }
    }

    private static string Title(WxrItem item, Article article)
    {
        var title = PostContent.ToLine(item.Title);
        if (title.Length > 0)
        {
            return title;
        }

        var start = article.BodyText.Split('\n')[0];
        if (start.Length > MaxDerivedTitle)
        {
            var end = start.LastIndexOf(' ', MaxDerivedTitle);
            start = start[..(end > 0 ? end : MaxDerivedTitle - 1)] + "…";
        }

        return start.Length > 0 ? start : "Untitled";
    }

    private static ArticleStatus Status(string status) => status switch
    {
        "publish" => ArticleStatus.Published,
        "pending" => ArticleStatus.Pending,
        "future" => ArticleStatus.Scheduled,
        "private" => ArticleStatus.Private,
        "trash" => ArticleStatus.Trash,

        // Plugins add states of their own; none of them means public.
        _ => ArticleStatus.Draft,
    };

    public sealed record Facts(
        string Slug, string Title, string? Standfirst, string Body, string? Language, string? CanonicalUrl, ArticleStatus Status,
        bool IsProtected, DateTime? PublishedAt, DateTime ModifiedAt, bool CommentsOpen,
        string? ImageUrl, string? ImageAlt, int? ImageWidth, int? ImageHeight);
}
