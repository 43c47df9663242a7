using System.Text;
using Microsoft.Data.Sqlite;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>A page that is asked for, and for which article or tag each time.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Path">The hand-written endpoint's path before the slug.</param>
/// <param name="Query">The GraphQL operation, with a variable <c>slug</c>.</param>
/// <param name="Slugs">What is asked for, in order.</param>
internal sealed record PageRequests(string Name, string Path, string Query, IReadOnlyList<string> Slugs)
{
    /// <summary>The requests as a client of GraphQL over HTTP sends them.</summary>
    public List<byte[]> ToGraphQL(Uri address) => [.. Slugs.Select(slug => RawConnection.Post(address, new { query = Query, variables = new { slug } }))];

    /// <summary>The requests as a browser asks an endpoint of its own.</summary>
    public List<byte[]> ToPlain(Uri address) => [.. Slugs.Select(slug =>
        Encoding.ASCII.GetBytes($"GET {Path}{slug} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: application/json\r\n\r\n"))];
}

/// <summary>The yardstick's two pages.</summary>
internal static class Workloads
{
    public const string ArticlePath = "/article/";
    public const string FrontPath = "/front/";

    public const string ArticlePage =
        "query ArticlePage($slug:String!){articleBySlug(slug:$slug){id slug title standfirst body publishedAt tags{name slug} "
        + "relatedPosts(first:5){article{id slug title publishedAt tags{name}}} "
        + "comments(first:20){totalCount nodes{id authorName bodyText createdAt likeCount replies(first:3){nodes{id authorName bodyText createdAt likeCount}}}}}}";

    public const string FrontPage =
        "query FrontPage($slug:String!){articles(first:20,where:{tags:{some:{slug:{eq:$slug}}}},order:[{publishedAt:DESC}])"
        + "{nodes{id slug title standfirst publishedAt tags{name} commentCount} pageInfo{hasNextPage endCursor}}}";

    /// <summary>Random articles of all there are, each as likely as any other.</summary>
    public static PageRequests Articles(SqliteConnection database, int count)
    {
        var most = Rows(database, "SELECT max(Id) FROM articles", r => r.GetInt64(0))[0];
        var random = new Random(20_261_126);
        var ids = Enumerable.Range(0, count).Select(_ => random.NextInt64(1, most + 1)).ToList();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT Slug FROM articles WHERE Id = @id AND Status = 3 AND IsProtected = 0";
        var id = command.Parameters.Add("@id", SqliteType.Integer);
        var slugs = new List<string>(count);
        foreach (var one in ids)
        {
            id.Value = one;
            if (command.ExecuteScalar() is string slug)
            {
                slugs.Add(slug);
            }
        }

        return new PageRequests("article page", ArticlePath, ArticlePage, slugs);
    }

    /// <summary>Random tags, each as likely as it is popular.</summary>
    public static PageRequests Fronts(SqliteConnection database, int count)
    {
        var tags = Rows(database, "SELECT Slug, ArticleCount FROM tags WHERE ArticleCount > 0 ORDER BY Id", r => (Slug: r.GetString(0), Count: r.GetInt32(1)));
        var sums = new double[tags.Count];
        var sum = 0.0;
        for (var i = 0; i < tags.Count; i++)
        {
            sums[i] = sum += tags[i].Count;
        }

        var random = new Random(20_261_127);
        return new PageRequests("front page", FrontPath, FrontPage, [.. Enumerable.Range(0, count).Select(_ =>
        {
            var found = Array.BinarySearch(sums, random.NextDouble() * sum);
            return tags[Math.Min(found < 0 ? ~found : found + 1, tags.Count - 1)].Slug;
        })]);
    }

    public static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    public static List<T> Rows<T>(SqliteConnection database, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
