using GraphQL.Types;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary>A scalar that is a string on the wire and a value of <typeparamref name="T"/> in the code.</summary>
/// <typeparam name="T">The CLR type that inputs become.</typeparam>
public abstract class TextScalar<T> : ScalarGraphType, ISpecifiedScalar
    where T : notnull
{
    /// <summary>Names and describes the scalar.</summary>
    /// <param name="name">The GraphQL name.</param>
    /// <param name="description">What client developers read.</param>
    /// <param name="specifiedByUrl">Where its format is written down.</param>
    protected TextScalar(string name, string description, string specifiedByUrl)
    {
        Name = name;
        Description = description;
        SpecifiedByUrl = specifiedByUrl;
    }

    /// <inheritdoc/>
    public string SpecifiedByUrl { get; }

    /// <inheritdoc/>
    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text when TryRead(text.Value.Span, out var result) => result,
        _ => ThrowLiteralConversionError(value),
    };

    /// <inheritdoc/>
    public override bool CanParseLiteral(GraphQLValue value) =>
        value is GraphQLNullValue || (value is GraphQLStringValue text && TryRead(text.Value.Span, out _));

    /// <inheritdoc/>
    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        T typed => typed,
        string text when TryRead(text, out var result) => result,
        _ => ThrowValueConversionError(value),
    };

    /// <inheritdoc/>
    public override bool CanParseValue(object? value) =>
        value is null or T || (value is string text && TryRead(text, out _));

    /// <inheritdoc/>
    public override object? Serialize(object? value) =>
        value is null ? null : Write(value) ?? ThrowSerializationError(value);

    /// <summary>Reads the text a client sent.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value, when the text has the right form.</param>
    protected abstract bool TryRead(ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value);

    /// <summary>Writes a value a resolver returned, or returns null when it is of a foreign type.</summary>
    /// <param name="value">The value.</param>
    protected abstract string? Write(object value);
}
