namespace NewsGraph.Engine.Execution.Loading;

/// <summary>Loads the list that belongs to each key; a key without rows gives an empty list.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TItem">What the lists hold.</typeparam>
public abstract class CollectionBatchLoader<TKey, TItem> : BatchLoader<TKey, IReadOnlyList<TItem>>
    where TKey : notnull
{
    /// <summary>Loads the items of all keys, each with the key it belongs to, each key's in the order to serve.</summary>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="cancellationToken">Ends the work with the request.</param>
    protected abstract Task<IEnumerable<KeyValuePair<TKey, TItem>>> LoadItemsAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<TItem> Missing(TKey key) => [];

    /// <inheritdoc/>
    protected sealed override async Task<IReadOnlyDictionary<TKey, IReadOnlyList<TItem>>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        var lists = new Dictionary<TKey, IReadOnlyList<TItem>>(keys.Count);
        foreach (var (key, item) in await LoadItemsAsync(keys, cancellationToken))
        {
            if (!lists.TryGetValue(key, out var list))
            {
                lists.Add(key, list = new List<TItem>());
            }

            ((List<TItem>)list).Add(item);
        }

        return lists;
    }
}
