using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Storage;

/// <summary>A database of one kind: contexts to read it with, which track nothing, and how it is brought up to date.</summary>
internal interface INewsDatabase : IDbContextFactory<NewsContext>, IChangeLog
{
    /// <summary>Where the data is, for people; names no secret.</summary>
    string Location { get; }

    /// <summary>Makes the database when it is missing and brings its tables up to date; several nodes may call at once.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>A value as the parameters of this kind of database take it.</summary>
    object ToParameter(object value);

    /// <summary>Runs a prepared statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="values">The values by place, as <see cref="ToParameter"/> gives them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<List<TRow>> RunAsync<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken);

    /// <summary>
    /// The keys in an array that is a parameter, as rows; null when this kind of database is better at numbering the
    /// children of many parents than at looking up the first of each.
    /// </summary>
    Func<NewsContext, string, IReadOnlyList<long>, IQueryable<long>>? Keys { get; }
}
