namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// The rows of an entity that are read again and again, such as tags: rows that are equal in all that is read of them are
/// one object, as long as it is remembered. So nobody may change one.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SharedRowsAttribute : Attribute;

/// <summary>The rows of a <see cref="SharedRowsAttribute"/> that were read last. Safe for concurrent use.</summary>
/// <typeparam name="T">The entity.</typeparam>
internal static class SharedRows<T>
    where T : class
{
    // Of two that meet here the later one stays.
    private const int Places = 4096;

    private static readonly T?[] Kept = new T?[Places];

    /// <summary>The row that may have a key; it has to be compared.</summary>
    public static T? Find(long key) => Volatile.Read(ref Kept[PlaceOf(key)]);

    /// <summary>Remembers a row.</summary>
    public static T Keep(long key, T row)
    {
        Volatile.Write(ref Kept[PlaceOf(key)], row);
        return row;
    }

    private static int PlaceOf(long key) => (int)((ulong)key % Places);
}
