using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// Reads what is served. A query is written in LINQ and translated by Entity Framework once; from then on it runs as a
/// prepared statement, and its rows are made of exactly the columns it names. What cannot
/// be prepared is run by Entity Framework each time, with the same result. Safe for concurrent use.
/// </summary>
public sealed partial class NewsReader
{
    /// <summary>The category under which every statement is logged, at level Debug.</summary>
    public const string LogCategory = "NewsGraph.Gateway.Storage.Reading";

    /// <summary>The event that a statement is run.</summary>
    internal const int Executed = 1;

    private readonly INewsDatabase _database;
    private readonly bool _prepare;
    private readonly ILogger _logger;
    private readonly KeptStatements _own = new();
    private readonly KeptStatements _chosen = new() { OnSecondUse = true };
    private int _refused;

    internal NewsReader(INewsDatabase database, StorageOptions options, ILoggerFactory loggers) =>
        (_database, _prepare, _logger) = (database, options.PrepareStatements, loggers.CreateLogger(LogCategory));

    /// <summary>How many queries could not be prepared and are translated each time.</summary>
    internal int Refused => _refused;

    /// <summary>Runs a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="value">Its value.</param>
    /// <param name="demand">Which properties read on demand its entities have.</param>
    /// <param name="cancellationToken">Gives up between two rows.</param>
    public ValueTask<List<TRow>> ReadAsync<TValue, TRow>(
        Query<TValue, TRow> query, TValue value, Demand demand = default, CancellationToken cancellationToken = default)
        where TValue : notnull =>
        ReadAsync(query, demand, [value], query.Building, query.NarrowingOf(value), cancellationToken);

    /// <summary>Runs a query with two values.</summary>
    /// <param name="query">The query.</param>
    /// <param name="first">Its first value.</param>
    /// <param name="second">Its second value.</param>
    /// <param name="cancellationToken">Gives up between two rows.</param>
    public ValueTask<List<TRow>> ReadAsync<TFirst, TSecond, TRow>(
        Query<TFirst, TSecond, TRow> query, TFirst first, TSecond second, CancellationToken cancellationToken = default)
        where TFirst : notnull
        where TSecond : notnull =>
        ReadAsync(query, Demand.None, [first, second], query.Building, null, cancellationToken);

    /// <summary>The rows of a paged field.</summary>
    /// <param name="key">What tells the rows from those of other fields: a new object kept with the field, or a record of it and arguments.</param>
    /// <param name="demand">Which properties read on demand its entities have.</param>
    /// <param name="rows">The rows, without order and limit. It depends on nothing but its context and what the key tells.</param>
    /// <param name="plan">How they are better asked for, or null.</param>
    public RowSource<T> Rows<T>(object key, Demand demand, Func<NewsContext, IQueryable<T>> rows, QueryPlan? plan = null) =>
        new PreparedRows<T>(this, key, demand, rows, null, plan, null);

    /// <summary>The rows of a paged field that many parents have.</summary>
    /// <param name="key">What tells the rows from those of other fields: a new object kept with the field, or a record of it and arguments.</param>
    /// <param name="demand">Which properties read on demand its entities have.</param>
    /// <param name="rows">The rows of all parents, without order and limit. It depends on nothing but its context and what the key tells.</param>
    /// <param name="plan">How they are better asked for, or null.</param>
    /// <param name="column">
    /// The property that holds the parent's key, when no row of the entity matters to a parent's list but those that have the parent there, before
    /// or after a change; null otherwise. It narrows what takes a kept result away.
    /// </param>
    public RowSource<ChildRow<T>> ChildRows<T>(
        object key,
        Demand demand,
        Func<NewsContext, IQueryable<ChildRow<T>>> rows,
        QueryPlan? plan = null,
        Expression<Func<T, long?>>? column = null)
        where T : class =>
        new PreparedRows<ChildRow<T>>(
            this, key, demand, rows, db => Lookup(db, db.Set<T>()), plan, column is null ? null : parents => Part.Of(column, parents));

    internal ValueTask<List<TRow>> ReadAsync<TRow>(
        object? key,
        Demand demand,
        IReadOnlyList<object> values,
        Func<NewsContext, QueryValues, IQueryable<TRow>> build,
        Func<IReadOnlyList<TRow>, Part>? narrowing,
        CancellationToken cancellationToken,
        bool isChosen = false)
    {
        var reads = DataReads.Current;
        if (_prepare && key is not null && Find(new StatementKey(key, typeof(TRow), demand), isChosen, values, build) is { } statement)
        {
            var run = RunAsync(statement, values, cancellationToken);
            return reads is null ? run : NoteAsync(reads, statement.Reads, run, narrowing);
        }

        return RunPlainAsync(values, build, reads, narrowing, cancellationToken);
    }

    private ParentLookup Lookup(NewsContext db, IQueryable nodes) => new(
        (values, place) => _database.Keys(db, QueryValues.NameOf(place), (IReadOnlyList<long>)values.Values[place]), nodes, _database.HasLateralJoins);

    private Statement<TRow>? Find<TRow>(
        StatementKey key, bool isChosen, IReadOnlyList<object> values, Func<NewsContext, QueryValues, IQueryable<TRow>> build)
    {
        var statements = isChosen ? _chosen : _own;
        if (statements.TryFind(key, out var known))
        {
            return (Statement<TRow>?)known;
        }

        if (!statements.IsWorthPreparing(key))
        {
            return null;
        }

        using var db = _database.CreateDbContext();
        var places = new QueryValues(values);
        var statement = StatementBuilder.TryBuild(_database, db, build(db, places), places, key.Demand, isChosen, out var refusal);
        if (statement is null)
        {
            Interlocked.Increment(ref _refused);
            LogRefused(_logger, typeof(TRow), refusal);
        }

        statements.Keep(key, statement);
        return statement;
    }

    private ValueTask<List<TRow>> RunAsync<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            LogStatement(_logger, statement.Text);
        }

        return _database.RunAsync(statement, values, cancellationToken);
    }

    private static async ValueTask<List<TRow>> NoteAsync<TRow>(
        DataReads reads, StatementReads statement, ValueTask<List<TRow>> run, Func<IReadOnlyList<TRow>, Part>? narrowing)
    {
        var rows = await run;
        RowReads<TRow>.Add(reads, statement, rows, narrowing?.Invoke(rows));
        return rows;
    }

    private async ValueTask<List<TRow>> RunPlainAsync<TRow>(
        IReadOnlyList<object> values,
        Func<NewsContext, QueryValues, IQueryable<TRow>> build,
        DataReads? reads,
        Func<IReadOnlyList<TRow>, Part>? narrowing,
        CancellationToken cancellationToken)
    {
        await using var db = _database.CreateDbContext();
        if (reads is null)
        {
            return await build(db, new QueryValues(values)).ToListAsync(cancellationToken);
        }

        List<StatementReads> statements = [];
        db.Reading = statements.Add;
        try
        {
            var rows = await build(db, new QueryValues(values)).ToListAsync(cancellationToken);
            statements.ForEach(statement => RowReads<TRow>.Add(reads, statement, rows, narrowing?.Invoke(rows)));
            return rows;
        }
        finally
        {
            db.Reading = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, EventId = Executed, Message = "{Statement}")]
    private static partial void LogStatement(ILogger logger, string statement);

    [LoggerMessage(Level = LogLevel.Warning, EventId = 2, Message = "A query for {Row} is not prepared and stays slow. {Refusal}")]
    private static partial void LogRefused(ILogger logger, Type row, string? refusal);
}
