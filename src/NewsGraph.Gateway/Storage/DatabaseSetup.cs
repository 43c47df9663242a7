using Microsoft.EntityFrameworkCore;

namespace NewsGraph.Gateway.Storage;

/// <summary>Brings the database up to date before anything else uses it.</summary>
public sealed class DatabaseSetup
{
    private readonly INewsDatabase _database;
    private readonly INewsWriter _writer;

    internal DatabaseSetup(INewsDatabase database, INewsWriter writer) => (_database, _writer) = (database, writer);

    /// <summary>Where the data is, for people.</summary>
    public string Location => _database.Location;

    /// <summary>The database's identity, known after <see cref="PrepareAsync"/>.</summary>
    public Guid Epoch { get; private set; }

    /// <summary>
    /// Begins to load the model and Entity Framework with it, beside what else there is to do. Whoever needs it first
    /// waits for it, and meets what went wrong.
    /// </summary>
    public void BuildAhead() => _ = Task.Run(() =>
    {
        using var db = _database.CreateDbContext();
        return db.Model;
    });

    /// <summary>Makes or migrates the database; running it again changes nothing.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _database.MigrateAsync(cancellationToken);
        Epoch = await FindEpochAsync(cancellationToken) ?? await _writer.WriteAsync(
            async (scope, ct) =>
            {
                var identities = scope.Db.Set<DatabaseIdentity>();
                var identity = await identities.SingleOrDefaultAsync(ct);
                if (identity is null)
                {
                    identity = new DatabaseIdentity { Epoch = Guid.NewGuid() };
                    identities.Add(identity);
                }

                return identity.Epoch;
            },
            cancellationToken);
    }

    /// <summary>Gives back what was read until now and is the system's to keep; whoever reads next is given it again.</summary>
    public void GiveBack() => _database.GiveBack();

    private async Task<Guid?> FindEpochAsync(CancellationToken cancellationToken)
    {
        await using var db = _database.CreateDbContext();
        var epochs = await db.Database.ReadPlainAsync(DatabaseIdentity.Statement, reader => reader.GetGuid(0), cancellationToken);
        return epochs is [var epoch] ? epoch : null;
    }
}
