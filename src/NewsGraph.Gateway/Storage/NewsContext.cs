using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage;

/// <summary>
/// The database. It knows no feature: each brings its own mapping. Read through <see cref="IDbContextFactory{TContext}"/>
/// (fields run in parallel, so each takes a context of its own), write through <see cref="INewsWriter"/>.
/// </summary>
public abstract class NewsContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>What the act changes that this context belongs to; null for a reader's context.</summary>
    internal ChangeSet? Changes { get; set; }

    /// <summary>Told of each statement a reader's context runs, in place of the execution's <c>DataReads</c>.</summary>
    internal Action<StatementReads>? Reading { get; set; }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        var changes = Changes ?? throw NotForWriting();
        var rows = changes.Saving(ChangeTracker);
        var saved = base.SaveChanges(acceptAllChangesOnSuccess);
        changes.Saved(rows);
        return saved;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var changes = Changes ?? throw NotForWriting();
        var rows = changes.Saving(ChangeTracker);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        changes.Saved(rows);
        return saved;
    }

    /// <summary>What is changed any other way would not be told to those who keep results.</summary>
    internal static InvalidOperationException NotForWriting() =>
        new("This context is for reading. The database is changed through INewsWriter alone.");

    /// <summary>Where acts run side by side, keeps others that lock the same rows waiting until the transaction's end.</summary>
    internal virtual Task LockRowsAsync<T>(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        where T : class => Task.CompletedTask;

    /// <summary>The same for a name.</summary>
    internal virtual Task LockNameAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NewsContext).Assembly);
}
