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
    private readonly TagNames _tagNames;
    private readonly List<ListedArticle> _page = [];
    private readonly double _rare;
    private readonly string _order;

    /// <param name="connection">Where it reads.</param>
    /// <param name="order">What the gateway's cursors of this order begin with.</param>
    public FrontPage(Connection connection, string order)
    {
        _order = order;
        _tag = connection.Prepare("SELECT Id, ArticleCount FROM tags WHERE Slug = @p0", "@p0");
        _tagNames = new TagNames(connection, Size);
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

        var more = ReadPage(tag.GetInt64(0), tag.GetInt32(1));
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("articles"u8);
        json.WriteStartArray(Nodes);
        foreach (var article in _page)
        {
            json.WriteStartObject();
            json.WriteId("Article"u8, article.Id);
            json.WriteString(Slug, article.Slug);
            json.WriteString(Title, article.Title);
            json.WriteString(Standfirst, article.Standfirst);
            json.WriteTime(PublishedAt, article.PublishedAt);
            _tagNames.Write(json, article.Id);
            json.WriteNumber("commentCount"u8, article.CommentCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("pageInfo"u8);
        json.WriteBoolean("hasNextPage"u8, more);
        if (_page.Count == 0)
        {
            json.WriteNull("endCursor"u8);
        }
        else
        {
            json.WriteBase64String("endCursor"u8, Cursor(_order, _page[^1].PublishedAt, _page[^1].Id));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }

    // Whether there is more behind it.
    private bool ReadPage(long tag, int count)
    {
        _page.Clear();
        var more = false;
        using (var row = (count < _rare ? _listed : _newestFirst).Run(tag))
        {
            while (row.Read() && !(more = _page.Count == Size))
            {
                _page.Add(new ListedArticle(
                    row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(4), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt32(5)));
            }
        }

        _tagNames.Read(_page);
        return more;
    }
}
