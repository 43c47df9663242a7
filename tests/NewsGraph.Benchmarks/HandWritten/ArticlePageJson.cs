using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NewsGraph.Benchmarks.HandWritten;

/// <summary>Writes an article page as the gateway answers it.</summary>
internal static class ArticlePageJson
{
    public static void Write(Utf8JsonWriter json, Page page)
    {
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteStartObject("articleBySlug");
        WriteArticle(json, page.Article);
        WriteList(json, "authors", page.Authors, WriteAuthor);
        WriteList(json, "tags", page.Tags, WriteTag);
        WriteList(json, "relatedPosts", page.Related, WriteRelated);
        json.WriteNumber("commentCount", page.Article.CommentCount);
        json.WriteBoolean("commentsOpen", page.Article.CommentsOpen);
        WriteThreads(json, page);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteArticle(Utf8JsonWriter json, ArticleRow article)
    {
        WriteId(json, "Article", article.Id);
        json.WriteString("title", article.Title);
        json.WriteString("standfirst", article.Standfirst);
        json.WriteString("body", article.Body);
        WriteTime(json, "publishedAt", article.PublishedAt);
        WriteTime(json, "modifiedAt", article.ModifiedAt);
        json.WriteString("language", article.Language);
        json.WriteString("canonicalUrl", article.CanonicalUrl);
        json.WriteNumber("wordCount", article.WordCount);
        json.WriteNumber("readingMinutes", article.ReadingMinutes);
        if (article.Image is not { } image)
        {
            json.WriteNull("image");
            return;
        }

        json.WriteStartObject("image");
        json.WriteString("url", image.Url);
        json.WriteString("alt", image.Alt);
        WriteNumber(json, "width", image.Width);
        WriteNumber(json, "height", image.Height);
        json.WriteEndObject();
    }

    private static void WriteAuthor(Utf8JsonWriter json, AuthorRow author)
    {
        WriteId(json, "Author", author.Id);
        json.WriteString("name", author.Name);
        json.WriteString("slug", author.Slug);
        json.WriteString("bio", author.Bio);
    }

    private static void WriteTag(Utf8JsonWriter json, TagRow tag)
    {
        WriteId(json, "Tag", tag.Id);
        json.WriteString("name", tag.Name);
        json.WriteString("slug", tag.Slug);
    }

    private static void WriteRelated(Utf8JsonWriter json, RelatedRow related)
    {
        json.WriteStartObject("article");
        WriteId(json, "Article", related.Id);
        json.WriteString("slug", related.Slug);
        json.WriteString("title", related.Title);
        WriteList(json, "tags", related.Tags, static (j, name) => j.WriteString("name", name));
        json.WriteEndObject();
        json.WriteNumber("score", Math.Round(related.Score, 6));
        WriteList(json, "reasons", related.Shared.OrderByDescending(t => t.Weight).ThenBy(t => t.Name, StringComparer.Ordinal), static (j, tag) =>
        {
            j.WriteString("kind", "SHARED_TAG");
            j.WriteString("label", tag.Name);
        });
    }

    private static void WriteThreads(Utf8JsonWriter json, Page page)
    {
        json.WriteStartObject("comments");
        WriteList(json, "nodes", page.Threads, static (j, thread) =>
        {
            WriteComment(j, thread);
            j.WriteStartObject("replies");
            WriteList(j, "nodes", thread.Replies, WriteComment);
            j.WriteNumber("totalCount", thread.ReplyCount);
            j.WriteEndObject();
        });
        json.WriteStartObject("pageInfo");
        json.WriteBoolean("hasNextPage", page.HasMoreThreads);
        json.WriteString("endCursor", page.Threads.Count == 0 ? null : Cursor(page.Threads[^1]));
        json.WriteEndObject();
        json.WriteNumber("totalCount", page.ThreadCount);
        json.WriteEndObject();
    }

    private static void WriteComment(Utf8JsonWriter json, CommentRow comment)
    {
        WriteId(json, "Comment", comment.Id);
        json.WriteString("authorName", comment.AuthorName);
        json.WriteString("authorUrl", comment.AuthorUrl);
        json.WriteString("body", comment.Body);
        WriteTime(json, "createdAt", comment.CreatedAt);
        WriteTime(json, "editedAt", comment.EditedAt);
        json.WriteNumber("depth", comment.Depth);
        json.WriteNumber("likeCount", comment.LikeCount);
        json.WriteNumber("replyCount", comment.ReplyCount);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteId(Utf8JsonWriter json, string type, long id)
    {
        Span<byte> text = stackalloc byte[64];
        Encoding.UTF8.GetBytes(type, text);
        text[type.Length] = (byte)':';
        id.TryFormat(text[(type.Length + 1)..], out var digits, provider: CultureInfo.InvariantCulture);
        json.WriteBase64String("id", text[..(type.Length + 1 + digits)]);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long? microseconds)
    {
        if (microseconds is { } value)
        {
            json.WriteString(name, Time(value));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Cursor(CommentRow last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{{0fdc5f}}{Time(last.CreatedAt).ToString("O", CultureInfo.InvariantCulture).Replace(":", "\\:", StringComparison.Ordinal)}:{last.Id}")));

    private static DateTime Time(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * 10);
}
