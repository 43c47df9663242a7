using Microsoft.EntityFrameworkCore;

namespace NewsGraph.Gateway.Storage;

/// <summary>
/// The database. It knows no feature: each brings its own mapping. Read through <see cref="IDbContextFactory{TContext}"/>
/// (fields run in parallel, so each takes a context of its own), write through <see cref="INewsWriter"/>.
/// </summary>
public abstract class NewsContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Where acts run side by side, keeps others that lock the same rows waiting until the transaction's end.</summary>
    internal virtual Task LockRowsAsync<T>(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        where T : class => Task.CompletedTask;

    /// <summary>The same for a name.</summary>
    internal virtual Task LockNameAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NewsContext).Assembly);
}
