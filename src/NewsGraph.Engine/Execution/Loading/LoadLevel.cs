namespace NewsGraph.Engine.Execution.Loading;

/// <summary>
/// The loaders of one level of a result are started one after the other, on one thread. What they read from may wait until all of
/// them are started, and ask for everything in one round trip.
/// </summary>
public static class LoadLevel
{
    [ThreadStatic]
    private static int _levels;

    [ThreadStatic]
    private static List<Action>? _atEnd;

    /// <summary>Has something done once all loaders of the level that is being started on this thread are.</summary>
    /// <param name="action">What is done, on this thread. It must not throw.</param>
    /// <returns>False when no level is being started: nothing will be done.</returns>
    public static bool TryAtEnd(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (_levels == 0)
        {
            return false;
        }

        (_atEnd ??= []).Add(action);
        return true;
    }

    internal static void Begin() => _levels++;

    internal static void End()
    {
        if (--_levels > 0 || _atEnd is not { Count: > 0 } actions)
        {
            return;
        }

        _atEnd = null;
        foreach (var action in actions)
        {
            action();
        }
    }
}
