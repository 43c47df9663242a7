using GraphQL.DataLoader;

namespace NewsGraph.Engine.Execution.Loading;

/// <summary>
/// Loads values by key for a whole level of a query at once. Every <see cref="LoadAsync"/> before the first result is
/// awaited joins one batch; a key asked for twice in a request is loaded once. One instance serves one request.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">What is loaded.</typeparam>
public abstract class BatchLoader<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Batch> _batches = [];
    private Batch? _open;

    /// <summary>How many keys go into one call of <see cref="LoadBatchAsync"/>. Default: 500.</summary>
    protected virtual int MaxBatchSize => 500;

    /// <summary>Loads the values of distinct keys, normally with one statement. A missing key has no value.</summary>
    /// <param name="keys">At most <see cref="MaxBatchSize"/> keys, none twice.</param>
    /// <param name="cancellationToken">Ends the work with the request.</param>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <summary>What a key without a value gives. Default: the type's default.</summary>
    /// <param name="key">The key nothing was found for.</param>
    protected virtual TValue? Missing(TKey key) => default;

    /// <summary>Asks for the value of a key; return the result from the resolver as it is.</summary>
    /// <param name="key">The key.</param>
    public IDataLoaderResult<TValue?> LoadAsync(TKey key) => new Result(this, Join(key), key);

    /// <summary>Asks for the values of several keys, in their order.</summary>
    /// <param name="keys">The keys.</param>
    public IDataLoaderResult<IReadOnlyList<TValue?>> LoadManyAsync(IReadOnlyList<TKey> keys)
    {
        var results = keys.Select(LoadAsync).ToList();
        return new DeferredResult<IReadOnlyList<TValue?>>(async cancellationToken =>
        {
            var values = new List<TValue?>(results.Count);
            foreach (var result in results)
            {
                values.Add(await result.GetResultAsync(cancellationToken));
            }

            return values;
        });
    }

    private Batch Join(TKey key)
    {
        lock (_gate)
        {
            if (_batches.TryGetValue(key, out var known))
            {
                return known;
            }

            _open ??= new Batch(this);
            _open.Keys.Add(key);
            _batches.Add(key, _open);
            return _open;
        }
    }

    private sealed class Result(BatchLoader<TKey, TValue> loader, Batch batch, TKey key) : IDataLoaderResult<TValue?>
    {
        public Task<TValue?> GetResultAsync(CancellationToken cancellationToken) =>
            DataLoaderResults.Select(batch.RunAsync(cancellationToken), Find);

        Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            DataLoaderResults.Select(batch.RunAsync(cancellationToken), values => (object?)Find(values));

        private TValue? Find(IReadOnlyDictionary<TKey, TValue> values) => values.TryGetValue(key, out var value) ? value : loader.Missing(key);
    }

    private sealed class Batch(BatchLoader<TKey, TValue> loader)
    {
        private TaskCompletionSource<IReadOnlyDictionary<TKey, TValue>>? _result;

        public List<TKey> Keys { get; } = [];

        public Task<IReadOnlyDictionary<TKey, TValue>> RunAsync(CancellationToken cancellationToken)
        {
            lock (loader._gate)
            {
                if (_result is { } running)
                {
                    return running.Task;
                }

                // From here on a key joins the next batch.
                _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
                if (ReferenceEquals(loader._open, this))
                {
                    loader._open = null;
                }
            }

            // Outside the gate, and on this thread: a database in the process answers before another thread would be awake.
            return CompleteAsync(_result, cancellationToken);
        }

        private async Task<IReadOnlyDictionary<TKey, TValue>> CompleteAsync(
            TaskCompletionSource<IReadOnlyDictionary<TKey, TValue>> result, CancellationToken cancellationToken)
        {
            try
            {
                result.SetResult(await LoadAsync(cancellationToken));
            }
            catch (OperationCanceledException exception)
            {
                result.SetCanceled(exception.CancellationToken);
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }

            return await result.Task;
        }

        private async Task<IReadOnlyDictionary<TKey, TValue>> LoadAsync(CancellationToken cancellationToken)
        {
            if (Keys.Count <= loader.MaxBatchSize)
            {
                return await loader.LoadBatchAsync(Keys, cancellationToken);
            }

            var all = new Dictionary<TKey, TValue>(Keys.Count);
            foreach (var chunk in Keys.Chunk(loader.MaxBatchSize))
            {
                foreach (var (key, value) in await loader.LoadBatchAsync(chunk, cancellationToken))
                {
                    all[key] = value;
                }
            }

            return all;
        }
    }
}
