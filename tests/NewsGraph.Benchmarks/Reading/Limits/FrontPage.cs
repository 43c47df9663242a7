using System.Text.Json;
using static NewsGraph.Benchmarks.Reading.Limits.Values;

namespace NewsGraph.Benchmarks.Reading.Limits;

/// <summary>The front page by hand.</summary>
internal sealed class FrontPage
{
    private const int Size = 20;
    private const string Columns = "SELECT a.Id, a.Slug, a.Title, a.Standfirst, a.PublishedAt, a.CommentCount";

    private readonly Statement _tag;
    private readonly Statement _listed;
    private readonly Statement _newestFirst;
    private readonly Statement _tagNames;
    private readonly double _rare;
    private readonly string _order;

    /// <param name="connection">Where it reads.</param>
    /// <param name="order">What the gateway's cursors of this order begin with.</param>
    public FrontPage(Connection connection, string order)
    {
        _order = order;
        _tag = connection.Prepare("SELECT Id, ArticleCount FROM tags WHERE Slug = @p0", "@p0");
        _tagNames = connection.Prepare(
            "SELECT t.Name FROM article_tags l JOIN tags t ON t.Id = l.TagId WHERE l.ArticleId = @p0 ORDER BY l.Position", "@p0");
        if (connection.Number("SELECT count(*) FROM pragma_table_info('article_tags') WHERE name = 'ListedAt'") > 0)
        {
            // The links are kept in the order of the list.
            _newestFirst = _listed = connection.Prepare(
                $"{Columns} FROM article_tags l JOIN articles a ON a.Id = l.ArticleId WHERE l.TagId = @p0 AND l.ListedAt IS NOT NULL ORDER BY l.ListedAt DESC, l.ArticleId DESC LIMIT {Size + 1}", "@p0");
            return;
        }

        // Sorting what a rare tag lists, or walking through the newest articles until enough have a frequent one: what is
        // less work follows from how many it lists.
        _rare = Math.Sqrt(Size * connection.Number("SELECT max(Id) FROM articles"));
        _listed = connection.Prepare(
            $"{Columns} FROM article_tags l CROSS JOIN articles a WHERE l.TagId = @p0 AND a.Id = l.ArticleId AND a.Status = 3 ORDER BY a.PublishedAt DESC, a.Id DESC LIMIT {Size + 1}", "@p0");
        _newestFirst = connection.Prepare(
            $"{Columns} FROM articles a WHERE a.Status = 3 AND EXISTS (SELECT 1 FROM article_tags l WHERE l.ArticleId = a.Id AND l.TagId = @p0) ORDER BY a.PublishedAt DESC, a.Id DESC LIMIT {Size + 1}", "@p0");
    }

    /// <summary>False when there is no such tag.</summary>
    public bool Write(Utf8JsonWriter json, string slug)
    {
        using var tag = _tag.Run(slug);
        if (!tag.Read())
        {
            return false;
        }

        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("articles"u8);
        json.WriteStartArray(Nodes);
        var (count, lastAt, lastId) = (0, 0L, 0L);
        using var row = (tag.GetInt32(1) < _rare ? _listed : _newestFirst).Run(tag.GetInt64(0));
        while (row.Read())
        {
            if (++count > Size)
            {
                break;
            }

            (lastId, lastAt) = (row.GetInt64(0), row.GetInt64(4));
            json.WriteStartObject();
            json.WriteId("Article"u8, lastId);
            json.WriteString(Slug, row.GetString(1));
            json.WriteString(Title, row.GetString(2));
            json.WriteText(Standfirst, row, 3);
            json.WriteTime(PublishedAt, lastAt);
            ArticlePage.WriteTagNames(json, _tagNames, lastId);
            json.WriteNumber("commentCount"u8, row.GetInt32(5));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("pageInfo"u8);
        json.WriteBoolean("hasNextPage"u8, count > Size);
        if (count == 0)
        {
            json.WriteNull("endCursor"u8);
        }
        else
        {
            json.WriteBase64String("endCursor"u8, Cursor(_order, lastAt, lastId));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }
}
