using System.Buffers;
using System.Globalization;
using GraphQLParser;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Engine.Limits;

/// <summary>
/// One pass over the text, without recursion and without allocation, that measures length, tokens and nesting. It runs
/// before the parser, whose recursion a hostile document could otherwise drive to the end of the stack.
/// </summary>
internal static class DocumentScan
{
    public const string SyntaxCode = ErrorCodes.Syntax;

    private static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+.");

    public static RefusedError? Check(string text, GraphQLLimitsOptions limits)
    {
        if (text.Length > limits.MaxDocumentLength)
        {
            return Refuse($"The document is longer than the allowed {limits.MaxDocumentLength} characters.");
        }

        var rest = text.AsSpan();
        var tokens = 0;
        var depth = 0;
        while (!rest.IsEmpty)
        {
            var length = 1;
            switch (rest[0])
            {
                case ' ' or '\t' or '\r' or '\n' or ',' or '\uFEFF':
                    rest = rest[1..];
                    continue;
                case '#':
                    var end = rest.IndexOfAny('\r', '\n');
                    rest = end < 0 ? [] : rest[end..];
                    continue;
                case '"':
                    length = StringLength(rest);
                    break;
                case '{' or '[' or '(':
                    if (++depth > limits.MaxParserDepth)
                    {
                        var error = Refuse($"The document is nested deeper than the allowed {limits.MaxParserDepth} levels.");
                        error.AddLocation(Location.FromLinearPosition(text, text.Length - rest.Length));
                        return error;
                    }

                    break;
                case '}' or ']' or ')':
                    depth--;
                    break;
                case var character when WordCharacters.Contains(character):
                    length = rest.IndexOfAnyExcept(WordCharacters);
                    length = length < 0 ? rest.Length : length;
                    break;
            }

            if (++tokens > limits.MaxTokens)
            {
                return Refuse($"The document has more than the allowed {limits.MaxTokens} tokens.");
            }

            rest = rest[length..];
        }

        return null;
    }

    private static int StringLength(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("\"\"\""))
        {
            return BlockStringLength(text);
        }

        for (var index = 1; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '\\':
                    index++;
                    break;
                case '"':
                    return index + 1;
                case '\r' or '\n':
                    // Unterminated: the parser will say so; brackets on the next line still count.
                    return index;
            }
        }

        return text.Length;
    }

    private static int BlockStringLength(ReadOnlySpan<char> text)
    {
        for (var index = 3; index < text.Length; index++)
        {
            if (text[index] == '\\' && text[index..].StartsWith("\\\"\"\""))
            {
                index += 3;
            }
            else if (text[index] == '"' && text[index..].StartsWith("\"\"\""))
            {
                return index + 3;
            }
        }

        return text.Length;
    }

    private static RefusedError Refuse(FormattableString message) =>
        new(message.ToString(CultureInfo.InvariantCulture), SyntaxCode);
}
