using GraphQL.DataLoader;

namespace NewsGraph.Engine.Execution.Loading;

/// <summary>
/// Work that starts once, when GraphQL.NET first asks for its result, and is shared by everyone who asks. Returned from
/// a resolver it runs after all other fields of the level have said what they need.
/// </summary>
/// <typeparam name="T">What the work gives.</typeparam>
/// <param name="start">The work; called at most once.</param>
public sealed class DeferredResult<T>(Func<CancellationToken, Task<T>> start) : IDataLoaderResult<T>, IReadyResult
{
    private readonly Lock _gate = new();
    private Task<T>? _task;

    /// <inheritdoc/>
    public Task<T> GetResultAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return _task ??= start(cancellationToken);
        }
    }

    bool IReadyResult.KeepsContext => true;

    Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => DataLoaderResults.Box(GetResultAsync(cancellationToken));

    bool IReadyResult.TryGet(CancellationToken cancellationToken, out object? value) =>
        DataLoaderResults.TryGet(GetResultAsync(cancellationToken), out value);
}

/// <summary>Builds on results that are not there yet.</summary>
public static class DataLoaderResults
{
    /// <summary>Turns a result into another one, without starting it.</summary>
    /// <param name="result">The result to wait for.</param>
    /// <param name="select">Called with it, whenever the new result is asked for; it must not do anything else.</param>
    public static IDataLoaderResult<TResult> Then<T, TResult>(this IDataLoaderResult<T> result, Func<T, TResult> select) =>
        new SelectedResult<T, TResult>(result, select, keepsContext: true);

    /// <summary>The same, for a function that has nothing of the resolver's context.</summary>
    internal static IDataLoaderResult<TResult> Select<T, TResult>(this IDataLoaderResult<T> result, Func<T, TResult> select) =>
        new SelectedResult<T, TResult>(result, select, keepsContext: result is not IReadyResult { KeepsContext: false });

    /// <summary>The value of a task, if it is there.</summary>
    internal static bool TryGet<T>(Task<T> task, out object? value)
    {
        // Asked once: it may come in between, and must not be taken for nothing then.
        var isHere = task.IsCompleted;
        value = isHere ? task.GetAwaiter().GetResult() : null;
        return isHere;
    }

    /// <summary>A result without its type; at once when it is there.</summary>
    internal static Task<object?> Box<T>(Task<T> task) => Select(task, static value => (object?)value);

    /// <summary>A function of a result; at once when it is there.</summary>
    internal static Task<TResult> Select<T, TResult>(Task<T> task, Func<T, TResult> select)
    {
        return task.IsCompletedSuccessfully ? Task.FromResult(select(task.Result)) : SelectLaterAsync(task, select);

        static async Task<TResult> SelectLaterAsync(Task<T> task, Func<T, TResult> select) => select(await task);
    }
}
