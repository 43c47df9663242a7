using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NewsGraph.Gateway.Comments;

/// <summary>When two comments say the same.</summary>
public static class CommentText
{
    /// <summary>A 64-bit digest of the text with white space folded; equal texts have equal digests.</summary>
    public static long Hash(string text)
    {
        var folded = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(folded)));
    }
}
