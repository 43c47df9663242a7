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
    // Also the gate to what is in it.
    private readonly Dictionary<TKey, Result> _results = [];
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
    public IDataLoaderResult<TValue?> LoadAsync(TKey key)
    {
        lock (_results)
        {
            if (_results.TryGetValue(key, out var known))
            {
                return known;
            }

            _open ??= new Batch(this);
            _open.Keys.Add(key);
            var result = new Result(this, _open, key);
            _results.Add(key, result);
            return result;
        }
    }

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

    private sealed class Result(BatchLoader<TKey, TValue> loader, Batch batch, TKey key) : IDataLoaderResult<TValue?>, IReadyResult
    {
        public bool KeepsContext => false;

        public Task<TValue?> GetResultAsync(CancellationToken cancellationToken) =>
            DataLoaderResults.Select(batch.RunAsync(cancellationToken), Find);

        Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            DataLoaderResults.Select(batch.RunAsync(cancellationToken), values => (object?)Find(values));

        public bool TryGet(CancellationToken cancellationToken, out object? value)
        {
            var values = batch.RunAsync(cancellationToken);
            // Asked once: they may come in between, and must not be taken for nothing then.
            var areHere = values.IsCompleted;
            value = areHere ? Find(values.GetAwaiter().GetResult()) : null;
            return areHere;
        }

        private TValue? Find(IReadOnlyDictionary<TKey, TValue> values) => values.TryGetValue(key, out var value) ? value : loader.Missing(key);
    }

    private sealed class Batch(BatchLoader<TKey, TValue> loader)
    {
        private Task<IReadOnlyDictionary<TKey, TValue>>? _values;
        private TaskCompletionSource<Task<IReadOnlyDictionary<TKey, TValue>>>? _starting;
        private bool _isStarted;

        public List<TKey> Keys { get; } = [];

        public Task<IReadOnlyDictionary<TKey, TValue>> RunAsync(CancellationToken cancellationToken)
        {
            lock (loader._results)
            {
                if (_values is not null)
                {
                    return _values;
                }

                if (_isStarted)
                {
                    // Another thread is about to have the task.
                    _starting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                    return _starting.Task.Unwrap();
                }

                // From here on a key joins the next batch.
                _isStarted = true;
                if (ReferenceEquals(loader._open, this))
                {
                    loader._open = null;
                }
            }

            // Outside the gate, and on this thread: a database in the process answers before another thread would be awake.
            var values = LoadAsync(cancellationToken);
            lock (loader._results)
            {
                _values = values;
                _starting?.SetResult(values);
            }

            return values;
        }

        private Task<IReadOnlyDictionary<TKey, TValue>> LoadAsync(CancellationToken cancellationToken)
        {
            try
            {
                return Keys.Count <= loader.MaxBatchSize ? loader.LoadBatchAsync(Keys, cancellationToken) : LoadChunksAsync(cancellationToken);
            }
            catch (Exception exception)
            {
                return Task.FromException<IReadOnlyDictionary<TKey, TValue>>(exception);
            }
        }

        private async Task<IReadOnlyDictionary<TKey, TValue>> LoadChunksAsync(CancellationToken cancellationToken)
        {
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
