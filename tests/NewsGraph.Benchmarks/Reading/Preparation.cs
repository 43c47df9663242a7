using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NewsGraph.Benchmarks.Reading.Limits;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>
/// What the limits need from the gateway before the run: which posts it relates (a hand-written endpoint would have them in a
/// table), the bytes to send, and the mark of its cursors.
/// </summary>
internal static class Preparation
{
    private const string Related = "query Related($slug:String!){articleBySlug(slug:$slug){id relatedPosts(first:5){article{id}}}}";

    public static void Prepare(ServerProcess gateway, string folder, PageRequests articles, PageRequests fronts)
    {
        using var connection = new RawConnection(gateway.Address);
        StoreRelated(connection, gateway.Address, folder, articles);
        StoreAnswer(connection, gateway.Address, folder, articles);
        var front = StoreAnswer(connection, gateway.Address, folder, fronts);
        using var answer = JsonDocument.Parse(front);
        var cursor = answer.RootElement.GetProperty("data").GetProperty("articles").GetProperty("pageInfo").GetProperty("endCursor").GetBytesFromBase64();
        File.WriteAllText(Path.Combine(folder, LimitsServer.OrderFile), Encoding.UTF8.GetString(cursor)[1..].Split('}')[0]);
    }

    /// <summary>The name of the file with a page's stored answer, without its ending.</summary>
    public static string FileOf(PageRequests page) => page.Name.Replace(' ', '-');

    /// <summary>That both answer a sample of the requests with the same bytes; comparing them means nothing otherwise.</summary>
    public static void RequireSame(ServerProcess gateway, ServerProcess limits, PageRequests page, int count)
    {
        using var ours = new RawConnection(gateway.Address);
        using var theirs = new RawConnection(limits.Address);
        var graphQL = page.ToGraphQL(gateway.Address);
        var plain = page.ToPlain(limits.Address);
        for (var i = 0; i < Math.Min(count, graphQL.Count); i++)
        {
            var (expected, actual) = (Ask(ours, graphQL[i]), Ask(theirs, plain[i]));
            if (!expected.AsSpan().SequenceEqual(actual))
            {
                throw new InvalidOperationException($"The answers for {page.Slugs[i]} differ.\n{Encoding.UTF8.GetString(expected)}\n{Encoding.UTF8.GetString(actual)}");
            }
        }
    }

    private static void StoreRelated(RawConnection connection, Uri address, string folder, PageRequests articles)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder, Connection.RelatedFile)};Pooling=False");
        database.Open();
        using var transaction = database.BeginTransaction();
        Execute(database, "CREATE TABLE related (ArticleId INTEGER, Position INTEGER, RelatedId INTEGER, PRIMARY KEY (ArticleId, Position)) WITHOUT ROWID");
        var distinct = new PageRequests(articles.Name, articles.Path, Related, [.. articles.Slugs.Distinct()]);
        foreach (var request in distinct.ToGraphQL(address))
        {
            using var answer = JsonDocument.Parse(Ask(connection, request));
            var article = answer.RootElement.GetProperty("data").GetProperty("articleBySlug");
            var position = 0;
            foreach (var related in article.GetProperty("relatedPosts").EnumerateArray())
            {
                Execute(database, string.Create(
                    CultureInfo.InvariantCulture, $"INSERT INTO related VALUES ({Key(article)}, {position++}, {Key(related.GetProperty("article"))})"));
            }
        }

        transaction.Commit();
    }

    // The one whose size is nearest to the mean.
    private static byte[] StoreAnswer(RawConnection connection, Uri address, string folder, PageRequests page)
    {
        var answers = page.ToGraphQL(address).Take(1_000).Select(request => Ask(connection, request)).ToList();
        var mean = answers.Average(a => a.Length);
        var typical = answers.MinBy(a => Math.Abs(a.Length - mean))!;
        File.WriteAllBytes(Path.Combine(folder, FileOf(page) + ".json"), typical);
        return typical;
    }

    private static byte[] Ask(RawConnection connection, byte[] request)
    {
        connection.Send(request);
        var answer = RawConnection.Joined(connection.Receive());
        return answer.AsSpan().IndexOf("\"errors\""u8) < 0
            ? answer
            : throw new InvalidOperationException("The gateway refused: " + Encoding.UTF8.GetString(answer));
    }

    private static long Key(JsonElement node) =>
        long.Parse(Encoding.ASCII.GetString(node.GetProperty("id").GetBytesFromBase64()).Split(':')[1], CultureInfo.InvariantCulture);

    private static void Execute(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
