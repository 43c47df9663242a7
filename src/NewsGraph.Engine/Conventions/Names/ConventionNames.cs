using System.Text;

namespace NewsGraph.Engine.Conventions.Names;

/// <summary>How names of the code become names of the schema.</summary>
public static class ConventionNames
{
    private const string InputSuffix = "Input";
    private const string GetPrefix = "Get";
    private const string AsyncSuffix = "Async";

    /// <summary>
    /// An enum value's name: <c>InReview</c> is <c>IN_REVIEW</c>. A word starts at a capital that follows another kind
    /// of letter or a digit, or that a small letter follows; a digit starts none; a name without small letters stays.
    /// </summary>
    /// <param name="name">The member's name.</param>
    public static string EnumValue(string name)
    {
        if (!name.Any(char.IsLower))
        {
            return name;
        }

        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_' && StartsWord(name, i))
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>An input object's name: <c>AddArticle</c> is <c>AddArticleInput</c>.</summary>
    /// <param name="name">The class's name.</param>
    public static string InputObject(string name) =>
        name.EndsWith(InputSuffix, StringComparison.Ordinal) ? name : name + InputSuffix;

    /// <summary>A field's name: <c>GetArticlesAsync</c> is <c>articles</c>.</summary>
    /// <param name="name">The method's or property's name.</param>
    public static string Field(string name)
    {
        var start = name.Length > GetPrefix.Length && name.StartsWith(GetPrefix, StringComparison.Ordinal) && char.IsUpper(name[GetPrefix.Length])
            ? GetPrefix.Length
            : 0;
        var end = name.Length - start > AsyncSuffix.Length && name.EndsWith(AsyncSuffix, StringComparison.Ordinal)
            ? name.Length - AsyncSuffix.Length
            : name.Length;
        return char.ToLowerInvariant(name[start]) + name[(start + 1)..end];
    }

    /// <summary>A name with its first letter large, as in <c>addComment</c> and <c>AddCommentPayload</c>.</summary>
    /// <param name="name">The field's name.</param>
    public static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static bool StartsWord(string name, int index) =>
        !char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1]));
}
