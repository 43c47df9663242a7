using System.Text.Json;
using Microsoft.Data.Sqlite;
using static NewsGraph.Benchmarks.Reading.Limits.Values;

namespace NewsGraph.Benchmarks.Reading.Limits;

/// <summary>The article page by hand: most rows go from the statement to the writer, and nothing is kept.</summary>
internal sealed class ArticlePage(Connection connection)
{
    private const string ThreadStarts =
        "FROM comments c WHERE c.ArticleId = @p0 AND c.Status = 0 AND (c.ParentId IS NULL OR NOT EXISTS (SELECT 1 FROM comments p WHERE p.Id = c.ParentId AND p.Status = 0))";

    private static readonly JsonEncodedText Body = JsonEncodedText.Encode("body");
    private static readonly JsonEncodedText RelatedPosts = JsonEncodedText.Encode("relatedPosts");
    private static readonly JsonEncodedText Article = JsonEncodedText.Encode("article");
    private static readonly JsonEncodedText Comments = JsonEncodedText.Encode("comments");
    private static readonly JsonEncodedText TotalCount = JsonEncodedText.Encode("totalCount");
    private static readonly JsonEncodedText AuthorName = JsonEncodedText.Encode("authorName");
    private static readonly JsonEncodedText BodyText = JsonEncodedText.Encode("bodyText");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("createdAt");
    private static readonly JsonEncodedText LikeCount = JsonEncodedText.Encode("likeCount");
    private static readonly JsonEncodedText Replies = JsonEncodedText.Encode("replies");

    private readonly Statement _article = connection.Prepare(
        "SELECT Id, Title, Standfirst, Body, PublishedAt FROM articles WHERE Slug = @p0 AND Status = 3 AND IsProtected = 0", "@p0");

    private readonly Statement _tags = connection.Prepare(
        "SELECT t.Name, t.Slug FROM article_tags l JOIN tags t ON t.Id = l.TagId WHERE l.ArticleId = @p0 ORDER BY l.Position", "@p0");

    private readonly TagNames _tagNames = new(connection, most: 5);
    private readonly List<ListedArticle> _listed = [];

    private readonly Statement _related = connection.Prepare(
        "SELECT a.Id, a.Slug, a.Title, a.PublishedAt FROM prepared.related r JOIN articles a ON a.Id = r.RelatedId WHERE r.ArticleId = @p0 ORDER BY r.Position", "@p0");

    private readonly Statement _threadCount = connection.Prepare($"SELECT count(*) {ThreadStarts}", "@p0");

    private readonly Statement _threads = connection.Prepare(
        $"SELECT c.Id, c.AuthorName, c.BodyText, c.CreatedAt, c.LikeCount, c.ReplyCount {ThreadStarts} ORDER BY c.CreatedAt, c.Id LIMIT 20", "@p0");

    private readonly Statement _replies = connection.Prepare(
        "SELECT Id, AuthorName, BodyText, CreatedAt, LikeCount FROM comments WHERE ParentId = @p0 AND Status = 0 ORDER BY CreatedAt, Id LIMIT 3", "@p0");

    /// <summary>False when there is no such article.</summary>
    public bool Write(Utf8JsonWriter json, string slug)
    {
        using var row = _article.Run(slug);
        if (!row.Read())
        {
            return false;
        }

        var id = row.GetInt64(0);
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("articleBySlug"u8);
        json.WriteId("Article"u8, id);
        json.WriteString(Slug, slug);
        json.WriteString(Title, row.GetString(1));
        json.WriteText(Standfirst, row, 2);
        json.WriteString(Body, row.GetString(3));
        json.WriteTime(PublishedAt, row.GetInt64(4));
        WriteTags(json, id);
        WriteRelated(json, id);
        WriteComments(json, id);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }

    private void WriteTags(Utf8JsonWriter json, long article)
    {
        json.WriteStartArray(Tags);
        using var tag = _tags.Run(article);
        while (tag.Read())
        {
            json.WriteStartObject();
            json.WriteString(Name, tag.GetString(0));
            json.WriteString(Slug, tag.GetString(1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteRelated(Utf8JsonWriter json, long article)
    {
        _listed.Clear();
        using (var row = _related.Run(article))
        {
            while (row.Read())
            {
                _listed.Add(new ListedArticle(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3)));
            }
        }

        json.WriteStartArray(RelatedPosts);
        _tagNames.Read(_listed);
        foreach (var related in _listed)
        {
            json.WriteStartObject();
            json.WriteStartObject(Article);
            json.WriteId("Article"u8, related.Id);
            json.WriteString(Slug, related.Slug);
            json.WriteString(Title, related.Title);
            json.WriteTime(PublishedAt, related.PublishedAt);
            _tagNames.Write(json, related.Id);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteComments(Utf8JsonWriter json, long article)
    {
        json.WriteStartObject(Comments);
        using (var count = _threadCount.Run(article))
        {
            count.Read();
            json.WriteNumber(TotalCount, count.GetInt64(0));
        }

        json.WriteStartArray(Nodes);
        using var thread = _threads.Run(article);
        while (thread.Read())
        {
            json.WriteStartObject();
            WriteComment(json, thread);
            WriteReplies(json, thread.GetInt64(0), thread.GetInt32(5));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteReplies(Utf8JsonWriter json, long comment, int count)
    {
        json.WriteStartObject(Replies);
        json.WriteStartArray(Nodes);
        if (count > 0)
        {
            using var reply = _replies.Run(comment);
            while (reply.Read())
            {
                json.WriteStartObject();
                WriteComment(json, reply);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteComment(Utf8JsonWriter json, SqliteDataReader row)
    {
        json.WriteId("Comment"u8, row.GetInt64(0));
        json.WriteString(AuthorName, row.GetString(1));
        json.WriteString(BodyText, row.GetString(2));
        json.WriteTime(CreatedAt, row.GetInt64(3));
        json.WriteNumber(LikeCount, row.GetInt32(4));
    }
}
