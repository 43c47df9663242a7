using System.Diagnostics.CodeAnalysis;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary><c>URI</c>: an address. Resolvers may return it as <see cref="Uri"/> or as text.</summary>
public sealed class UriScalar : TextScalar<Uri>
{
    /// <summary>Creates the scalar.</summary>
    public UriScalar()
        : base("URI", "An address: `https://news.example/2026/03/a-story`.", ScalarSpecifications.Uri)
    {
    }

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out Uri value) =>
        Uri.TryCreate(text.ToString(), UriKind.RelativeOrAbsolute, out value);

    /// <inheritdoc/>
    protected override string? Write(object value) => value switch
    {
        Uri { IsAbsoluteUri: true } uri => uri.AbsoluteUri,
        Uri uri => uri.OriginalString,
        string text when Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _) => text,
        _ => null,
    };
}
