using GraphQL.DataLoader;

namespace NewsGraph.Engine.Execution.Loading;

/// <summary>A loader's result as the engine itself takes it: where the value is there at once, without a task around it.</summary>
internal interface IReadyResult : IDataLoaderResult
{
    /// <summary>Whether the resolver's context may be needed until the value is there.</summary>
    bool KeepsContext { get; }

    /// <summary>Starts the work, unless somebody has, and gives the value if it is there; otherwise it has to be awaited.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="value">The value.</param>
    bool TryGet(CancellationToken cancellationToken, out object? value);
}

/// <summary>A value that needs no loading.</summary>
internal sealed class KnownResult<T>(T value) : IDataLoaderResult<T>, IReadyResult
{
    public bool KeepsContext => false;

    public bool TryGet(CancellationToken cancellationToken, out object? known)
    {
        known = value;
        return true;
    }

    public Task<T> GetResultAsync(CancellationToken cancellationToken = default) => Task.FromResult(value);

    Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => Task.FromResult<object?>(value);
}

/// <summary>A function of another result.</summary>
internal sealed class SelectedResult<T, TResult>(IDataLoaderResult<T> result, Func<T, TResult> select, bool keepsContext)
    : IDataLoaderResult<TResult>, IReadyResult
{
    public bool KeepsContext => keepsContext;

    public bool TryGet(CancellationToken cancellationToken, out object? value)
    {
        if (result is IReadyResult ready)
        {
            var isThere = ready.TryGet(cancellationToken, out var given);
            value = isThere ? select((T)given!) : null;
            return isThere;
        }

        return DataLoaderResults.TryGet(GetResultAsync(cancellationToken), out value);
    }

    public Task<TResult> GetResultAsync(CancellationToken cancellationToken = default) =>
        DataLoaderResults.Select(result.GetResultAsync(cancellationToken), select);

    Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => DataLoaderResults.Box(GetResultAsync(cancellationToken));
}
