using Microsoft.Data.Sqlite;

namespace NewsGraph.Benchmarks.HandWritten;

/// <summary>Reads an article page over one connection, with statements prepared once. For one caller at a time.</summary>
internal sealed class ArticlePageReader : IDisposable
{
    private const int Related = 5;
    private const int Threads = 20;
    private const string CommentColumns = "c.Id, c.AuthorName, c.AuthorUrl, c.Body, c.CreatedAt, c.EditedAt, c.Depth, c.LikeCount, c.ReplyCount";

    private const string ThreadStarts =
        "FROM comments c WHERE c.ArticleId = @p0 AND c.Status = 0 AND (c.ParentId IS NULL OR NOT EXISTS (SELECT 1 FROM comments p WHERE p.Id = c.ParentId AND p.Status = 0))";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _article;
    private readonly SqliteCommand _authors;
    private readonly SqliteCommand _tags;
    private readonly SqliteCommand _candidates;
    private readonly SqliteCommand _related;
    private readonly SqliteCommand _threads;
    private readonly SqliteCommand _threadCount;
    private readonly SqliteCommand _replies;

    public ArticlePageReader(string database)
    {
        _connection = new SqliteConnection($"Data Source={database}");
        _connection.Open();
        _article = Prepare(
            "SELECT Id, Title, Standfirst, Body, PublishedAt, ModifiedAt, Language, CanonicalUrl, WordCount, ReadingMinutes, ImageUrl, ImageAlt, ImageWidth, ImageHeight, CommentCount, CommentsOpen FROM articles WHERE Slug = @p0 AND Status = 3 AND IsProtected = 0");
        _authors = Prepare(
            "SELECT a.Id, a.Name, a.Slug, a.Bio FROM article_authors l JOIN authors a ON a.Id = l.AuthorId WHERE l.ArticleId = @p0 ORDER BY l.Position");
        _tags = Prepare(
            "SELECT t.Id, t.Name, t.Slug, t.ArticleCount FROM article_tags l JOIN tags t ON t.Id = l.TagId WHERE l.ArticleId = @p0 ORDER BY l.Position");
        _candidates = Prepare(
            "SELECT o.TagId, a.Id, a.PublishedAt FROM article_tags l JOIN article_tags o ON o.TagId = l.TagId AND o.ArticleId <> l.ArticleId JOIN articles a ON a.Id = o.ArticleId AND a.Status = 3 WHERE l.ArticleId = @p0");
        _related = Prepare(
            $"SELECT a.Id, a.Slug, a.Title, t.Name FROM articles a LEFT JOIN article_tags l ON l.ArticleId = a.Id LEFT JOIN tags t ON t.Id = l.TagId WHERE a.Id IN ({Places(Related)}) ORDER BY l.Position", Related);
        _threads = Prepare($"SELECT {CommentColumns} {ThreadStarts} ORDER BY c.CreatedAt, c.Id LIMIT {Threads + 1}");
        _threadCount = Prepare($"SELECT COUNT(*) {ThreadStarts}");
        _replies = Prepare(
            $"SELECT {CommentColumns}, c.ParentId FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY ParentId ORDER BY CreatedAt, Id) AS Place FROM comments WHERE Status = 0 AND ParentId IN ({Places(Threads)})) c WHERE c.Place <= 3 ORDER BY c.CreatedAt, c.Id", Threads);
    }

    public Page Read(string slug)
    {
        var article = Rows(_article, ReadArticle, slug).Single();
        var authors = Rows(_authors, r => new AuthorRow(r.GetInt64(0), r.GetString(1), r.GetString(2), Text(r, 3)), article.Id);
        var tags = Rows(_tags, r => new TagRow(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetInt32(3)), article.Id);
        var threads = Rows(_threads, ReadComment, article.Id);
        var more = threads.Count > Threads;
        if (more)
        {
            threads.RemoveAt(Threads);
        }

        FillReplies(threads);
        var count = Rows(_threadCount, r => r.GetInt32(0), article.Id)[0];
        return new Page(article, authors, tags, FindRelated(article.Id, tags), threads, more, count);
    }

    public void Dispose() => _connection.Dispose();

    private List<RelatedRow> FindRelated(long article, List<TagRow> tags)
    {
        var byId = tags.ToDictionary(t => t.Id);
        var found = new Dictionary<long, RelatedRow>();
        foreach (var (tag, id, publishedAt) in Rows(_candidates, r => (r.GetInt64(0), r.GetInt64(1), Number(r, 2)), article))
        {
            if (!found.TryGetValue(id, out var row))
            {
                found.Add(id, row = new RelatedRow(id, publishedAt));
            }

            row.Score += byId[tag].Weight;
            row.Shared.Add(byId[tag]);
        }

        List<RelatedRow> best = [.. found.Values.OrderByDescending(r => r.Score).ThenByDescending(r => r.PublishedAt).ThenByDescending(r => r.Id).Take(Related)];
        foreach (var (id, slug, title, tag) in Rows(_related, r => (r.GetInt64(0), r.GetString(1), r.GetString(2), Text(r, 3)), Padded(best.Select(r => r.Id), Related)))
        {
            var row = found[id];
            (row.Slug, row.Title) = (slug, title);
            if (tag is not null)
            {
                row.Tags.Add(tag);
            }
        }

        return best;
    }

    private void FillReplies(List<CommentRow> threads)
    {
        var byId = threads.ToDictionary(t => t.Id);
        foreach (var (parent, reply) in Rows(_replies, r => (r.GetInt64(9), ReadComment(r)), Padded(threads.Select(t => t.Id), Threads)))
        {
            byId[parent].Replies.Add(reply);
        }
    }

    private SqliteCommand Prepare(string sql, int parameters = 1)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.AddWithValue($"@p{i}", 0L);
        }

        command.Prepare();
        return command;
    }

    private static List<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> read, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static ArticleRow ReadArticle(SqliteDataReader r) => new(
        r.GetInt64(0), r.GetString(1), Text(r, 2), r.GetString(3), Number(r, 4), r.GetInt64(5), Text(r, 6), Text(r, 7), r.GetInt32(8), r.GetInt32(9),
        Text(r, 10) is { } url ? new ImageRow(url, Text(r, 11), (int?)Number(r, 12), (int?)Number(r, 13)) : null, r.GetInt32(14), r.GetBoolean(15));

    private static CommentRow ReadComment(SqliteDataReader r) => new(
        r.GetInt64(0), r.GetString(1), Text(r, 2), r.GetString(3), r.GetInt64(4), Number(r, 5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8));

    private static string? Text(SqliteDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static long? Number(SqliteDataReader r, int column) => r.IsDBNull(column) ? null : r.GetInt64(column);

    private static string Places(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"@p{i}"));

    // A prepared statement has a fixed number of places; no row has the id 0.
    private static object[] Padded(IEnumerable<long> ids, int count) => [.. ids.Concat(Enumerable.Repeat(0L, count)).Take(count).Cast<object>()];
}
