using System.IO.Compression;

namespace NewsGraph.Engine.Execution.Caching;

/// <summary>How a result's bytes are sent, as HTTP's <c>Content-Encoding</c> has it.</summary>
public enum ContentCoding
{
    /// <summary>As they are.</summary>
    Identity,

    /// <summary>Compressed with gzip.</summary>
    Gzip,

    /// <summary>Compressed with Brotli.</summary>
    Brotli,
}

/// <summary>Compresses results that are kept. It is done once for many answers, so it may take a little more time.</summary>
internal static class Compression
{
    /// <summary>What is smaller fits into one packet as it is.</summary>
    public const int MinBytes = 1024;

    private const int BrotliQuality = 5;
    private const int BrotliWindow = 20;

    /// <summary>The bytes in a coding; empty where nothing would be gained.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> plain, ContentCoding coding)
    {
        if (plain.Length < MinBytes)
        {
            return [];
        }

        var compressed = coding == ContentCoding.Brotli ? Brotli(plain) : Gzip(plain);
        return compressed.Length < plain.Length ? compressed : [];
    }

    private static byte[] Brotli(ReadOnlySpan<byte> plain)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, buffer, out var length, BrotliQuality, BrotliWindow) ? buffer[..length] : [];
    }

    private static byte[] Gzip(ReadOnlySpan<byte> plain)
    {
        using var buffer = new MemoryStream(plain.Length / 2);
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return buffer.ToArray();
    }
}
