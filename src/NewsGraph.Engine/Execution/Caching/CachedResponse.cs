using System.Security.Cryptography;

namespace NewsGraph.Engine.Execution.Caching;

/// <summary>A result that is kept, with what it was built from. Shared by all who ask the same.</summary>
public sealed class CachedResponse
{
    // The rest of an object's cost beside its bytes: a rough figure, so that many small results are bounded, too.
    private const int Overhead = 400;

    private readonly byte[] _json;
    private readonly byte[]?[] _encoded = new byte[]?[3];
    private string? _entityTag;
    private long _since;

    internal CachedResponse(byte[] key, byte[] json, ulong[] tags, long since)
    {
        (Key, _json, Tags, _since) = (key, json, tags, since);
        Result = new OperationResult { Json = json, Executed = true, Cached = this };
    }

    /// <summary>The result object.</summary>
    public ReadOnlyMemory<byte> Json => _json;

    /// <summary>The result as an execution would have given it.</summary>
    public OperationResult Result { get; }

    /// <summary>Names these bytes and no others, as <c>ETag</c> has it; weak, because they may be sent compressed.</summary>
    public string EntityTag => _entityTag ??= $"W/\"{Convert.ToHexStringLower(SHA256.HashData(_json).AsSpan(0, 12))}\"";

    internal byte[] Key { get; }

    internal ulong[] Tags { get; }

    /// <summary>The purges there had been when this was known to be true.</summary>
    internal long Since
    {
        get => Volatile.Read(ref _since);
        set => Volatile.Write(ref _since, value);
    }

    /// <summary>The bytes in a coding; null where it gains nothing. Made when they are first asked for.</summary>
    /// <param name="coding">The coding.</param>
    /// <param name="added">How much memory that took.</param>
    internal ReadOnlyMemory<byte>? Encode(ContentCoding coding, out int added)
    {
        added = 0;
        if (coding == ContentCoding.Identity)
        {
            return _json;
        }

        ref var place = ref _encoded[(int)coding];
        var encoded = Volatile.Read(ref place);
        if (encoded is null)
        {
            encoded = Compression.Compress(_json, coding);
            if (Interlocked.CompareExchange(ref place, encoded, null) is { } other)
            {
                encoded = other;
            }
            else
            {
                added = encoded.Length;
            }
        }

        return encoded.Length == 0 ? default(ReadOnlyMemory<byte>?) : encoded;
    }

    internal long Bytes => Overhead + Key.Length + _json.Length + (Tags.Length * sizeof(ulong));
}
