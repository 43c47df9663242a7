using System.Text.Json;
using static NewsGraph.Benchmarks.Reading.Limits.Values;

namespace NewsGraph.Benchmarks.Reading.Limits;

/// <summary>The names of the tags of a few articles by one statement, which is less than one for each.</summary>
internal sealed class TagNames
{
    private readonly Statement _names;
    private readonly long[] _articles;
    private readonly List<(long Article, string Name)> _found = [];

    /// <param name="connection">Where it reads.</param>
    /// <param name="most">How many articles at most.</param>
    public TagNames(Connection connection, int most)
    {
        _articles = new long[most];
        string[] places = [.. Enumerable.Range(0, most).Select(i => $"@p{i}")];
        _names = connection.Prepare(
            $"SELECT l.ArticleId, t.Name FROM article_tags l JOIN tags t ON t.Id = l.TagId WHERE l.ArticleId IN ({string.Join(", ", places)}) ORDER BY l.ArticleId, l.Position", places);
    }

    /// <summary>Reads the names; no row has the key 0, which stands for fewer articles.</summary>
    public void Read(IReadOnlyList<ListedArticle> articles)
    {
        for (var i = 0; i < _articles.Length; i++)
        {
            _articles[i] = i < articles.Count ? articles[i].Id : 0;
        }

        _found.Clear();
        using var row = _names.Run(_articles);
        while (row.Read())
        {
            _found.Add((row.GetInt64(0), row.GetString(1)));
        }
    }

    public void Write(Utf8JsonWriter json, long article)
    {
        json.WriteStartArray(Tags);
        foreach (var (owner, name) in _found)
        {
            if (owner == article)
            {
                json.WriteStartObject();
                json.WriteString(Name, name);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}

/// <summary>An article as lists show it.</summary>
internal readonly record struct ListedArticle(long Id, string Slug, string Title, long PublishedAt, string? Standfirst = null, int CommentCount = 0);
