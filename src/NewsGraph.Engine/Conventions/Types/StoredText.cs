using System.Runtime.CompilerServices;
using System.Text;

namespace NewsGraph.Engine.Conventions.Types;

/// <summary>
/// A text of a source object: characters, or UTF-8 as it was stored, which goes into an answer without being decoded; or
/// one that was not read, which nothing takes for an empty one.
/// </summary>
public readonly struct StoredText
{
    private static readonly object NotRead = new();

    private readonly object? _text;

    private StoredText(object? text) => _text = text;

    /// <summary>A text that was not read.</summary>
    public static StoredText Unread { get; } = new(NotRead);

    /// <summary>Whether it was read; null is a text that was.</summary>
    public bool IsRead => !ReferenceEquals(_text, NotRead);

    /// <summary>A text in UTF-8.</summary>
    /// <param name="utf8">The bytes, which nobody changes any more; or null.</param>
    public static StoredText OfUtf8(byte[]? utf8) => new(utf8);

    /// <summary>A text in characters.</summary>
    /// <param name="text">The text, or null.</param>
    public static implicit operator StoredText(string? text) => new((object?)text);

    /// <summary>The text in characters.</summary>
    /// <param name="property">Whose text it is.</param>
    /// <exception cref="UnreadException">It was not read.</exception>
    public string? ToText([CallerMemberName] string property = "") => _text switch
    {
        byte[] utf8 => Encoding.UTF8.GetString(utf8),
        string text => text,
        null => null,
        _ => throw new UnreadException(property),
    };

    /// <summary>The text in UTF-8, when it is there as such.</summary>
    /// <param name="utf8">The bytes.</param>
    internal bool TryGetUtf8(out ReadOnlySpan<byte> utf8)
    {
        utf8 = _text as byte[];
        return _text is byte[];
    }
}
