using System.Collections.Concurrent;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>How the operands of filters are read, by the filters' shape. Clients choose the shapes, so it is bounded. Safe for concurrent use.</summary>
internal sealed class KnownFilters
{
    private const int MaxShapes = 1_000;

    private readonly ConcurrentDictionary<string, IReadOnlyList<Func<object, object>>> _readers = new(StringComparer.Ordinal);

    public IReadOnlyList<Func<object, object>>? Find(string shape) => _readers.GetValueOrDefault(shape);

    public void Add(string shape, IReadOnlyList<Func<object, object>> readers)
    {
        // Whoever sends a thousand shapes has them all forgotten; those in use come back at once.
        if (_readers.Count >= MaxShapes)
        {
            _readers.Clear();
        }

        _readers[shape] = readers;
    }
}
