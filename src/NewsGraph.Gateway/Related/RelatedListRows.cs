using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Related;

/// <summary>Writes lists of related posts, whether there is one of their article or not.</summary>
internal static class RelatedListRows
{
    private const string Upsert =
        """
        INSERT INTO related_lists ("ArticleId", "Basis", "Posts") VALUES (@article, @basis, @posts)
        ON CONFLICT ("ArticleId") DO UPDATE SET "Basis" = excluded."Basis", "Posts" = excluded."Posts"
        """;

    /// <summary>Writes them by one command, which a database prepares once.</summary>
    public static async Task<int> WriteAsync(NewsContext db, IReadOnlyList<RelatedList> lists, CancellationToken cancellationToken)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = Upsert;
        var (article, basis, posts) = (Add(command, "article"), Add(command, "basis"), Add(command, "posts"));
        foreach (var list in lists)
        {
            (article.Value, basis.Value, posts.Value) = (list.ArticleId, list.Basis, list.Posts);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return lists.Count;
    }

    private static DbParameter Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
