using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Storage;

/// <summary>A database of one kind: contexts to read it with, which track nothing, and how it is brought up to date.</summary>
internal interface INewsDatabase : IDbContextFactory<NewsContext>, IChangeLog
{
    /// <summary>Where the data is, for people; names no secret.</summary>
    string Location { get; }

    /// <summary>What was translated for it beforehand.</summary>
    KnownTranslations Translations { get; }

    /// <summary>Makes the database when it is missing and brings its tables up to date; several nodes may call at once.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Gives memory back that holds what the system has in its own too.</summary>
    void GiveBack();

    /// <summary>A value as the parameters of this kind of database take it.</summary>
    object ToParameter(object value);

    /// <summary>A translated text as this kind of database takes it quickest.</summary>
    /// <param name="text">The text, with its parameters by name.</param>
    /// <param name="parameters">The parameters.</param>
    string ToText(string text, IReadOnlyList<StatementParameter> parameters);

    /// <summary>Runs a prepared statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="values">The values by place, which are bound as <see cref="ToParameter"/> gives them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<List<TRow>> RunAsync<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken);

    /// <summary>The keys in an array that is a parameter, as rows.</summary>
    /// <param name="db">The context the query is built on.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="keys">The keys.</param>
    IQueryable<long> Keys(NewsContext db, string name, IReadOnlyList<long> keys);

    /// <summary>Whether a row can be joined with rows that depend on it (<c>LATERAL</c>).</summary>
    bool HasLateralJoins { get; }
}
