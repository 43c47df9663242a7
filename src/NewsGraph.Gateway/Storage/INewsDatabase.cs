using Microsoft.EntityFrameworkCore;

namespace NewsGraph.Gateway.Storage;

/// <summary>A database of one kind: contexts to read it with, which track nothing, and how it is brought up to date.</summary>
internal interface INewsDatabase : IDbContextFactory<NewsContext>
{
    /// <summary>Where the data is, for people; names no secret.</summary>
    string Location { get; }

    /// <summary>Makes the database when it is missing and brings its tables up to date; several nodes may call at once.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);
}
