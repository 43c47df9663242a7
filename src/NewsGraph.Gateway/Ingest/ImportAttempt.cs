using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// One attempt to write a batch. A transaction that meets another may be run again, so what is counted, remembered and to
/// be told belongs to the attempt, and is kept only once it is durable.
/// </summary>
internal sealed class ImportAttempt(WriteScope scope, ImportSession session)
{
    public WriteScope Scope { get; } = scope;

    public NewsContext Db => Scope.Db;

    public ImportSummary Summary { get; } = new();

    public ImportSession Session { get; } = session.Begin();

    public ImportNews News { get; } = new();
}

/// <summary>Runs a batch in a transaction; when it returns, what the attempt wrote is durable.</summary>
internal delegate Task<ImportAttempt> BatchWriter(Func<WriteScope, Task<ImportAttempt>> act, CancellationToken cancellationToken);
