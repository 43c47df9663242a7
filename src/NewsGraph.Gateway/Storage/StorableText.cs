using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NewsGraph.Gateway.Storage;

/// <summary>
/// Text as every database can hold it. PostgreSQL refuses U+0000, and no encoding has half a surrogate pair; SQLite would
/// take the one and change the other. So both become U+FFFD on their way to any database, in what is stored and in what is
/// looked for.
/// </summary>
internal static class StorableText
{
    /// <summary>Cleans the parameters of every statement.</summary>
    public static IInterceptor Interceptor { get; } = new ParameterCleaner();

    /// <summary>The text itself when there is nothing to clean.</summary>
    public static string Clean(string text) => IsClean(text) ? text : Replace(text);

    private static bool IsClean(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
        {
            return false;
        }

        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var at and >= 0)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[(at + length)..];
        }

        return true;
    }

    private static string Replace(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // A half pair is enumerated as U+FFFD.
            clean.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }

    private sealed class ParameterCleaner : DbCommandInterceptor
    {
        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
        {
            foreach (DbParameter parameter in result.Parameters)
            {
                switch (parameter.Value)
                {
                    case string text when !IsClean(text):
                        parameter.Value = Replace(text);
                        break;
                    case string?[] texts:
                        parameter.Value = Array.ConvertAll(texts, text => text is null ? null : Clean(text));
                        break;
                    case List<string?> texts:
                        parameter.Value = texts.ConvertAll(text => text is null ? null : Clean(text));
                        break;
                }
            }

            return result;
        }
    }
}
