using System.Runtime.InteropServices;

namespace NewsGraph.Engine.Execution.Caching;

/// <summary>
/// Names something results are built from: all of a source, or its part with a key. It is a number made of the names, so
/// it costs little to keep and to send; should two names ever make the same one, results only go too early. The number
/// is the same in every process and version: nodes tell it each other.
/// </summary>
/// <param name="Value">The number; 0 is never made of names.</param>
public readonly record struct DataTag(ulong Value)
{
    // FNV-1a, and a last mix, since similar names must not end as similar numbers.
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>All of a source.</summary>
    /// <param name="source">The source.</param>
    public static DataTag Of(ReadOnlySpan<char> source) => new(Mix(Fold(Basis, source)));

    /// <summary>What of a source has a number.</summary>
    /// <param name="source">The source.</param>
    /// <param name="part">What the number is, for instance a column.</param>
    /// <param name="key">The number.</param>
    public static DataTag Of(ReadOnlySpan<char> source, ReadOnlySpan<char> part, long key) =>
        new(Mix(Fold(Prefix(source, part), MemoryMarshal.Cast<long, char>(MemoryMarshal.CreateReadOnlySpan(ref key, 1)))));

    /// <summary>What of a source has a text.</summary>
    /// <param name="source">The source.</param>
    /// <param name="part">What the text is, for instance a column.</param>
    /// <param name="key">The text.</param>
    public static DataTag Of(ReadOnlySpan<char> source, ReadOnlySpan<char> part, ReadOnlySpan<char> key) => new(Mix(Fold(Prefix(source, part), key)));

    private static ulong Prefix(ReadOnlySpan<char> source, ReadOnlySpan<char> part) => Fold(Fold(Fold(Fold(Basis, source), "."), part), "=");

    private static ulong Fold(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash;
    }

    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        hash ^= hash >> 32;
        return hash == 0 ? 1 : hash;
    }
}
