using Microsoft.EntityFrameworkCore;

namespace NewsGraph.Gateway.Storage;

/// <summary>
/// The database. It knows no feature: each brings its own mapping. Read through <see cref="IDbContextFactory{TContext}"/>
/// (fields run in parallel, so each takes a context of its own), write through <see cref="INewsWriter"/>.
/// </summary>
public abstract class NewsContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NewsContext).Assembly);
}
