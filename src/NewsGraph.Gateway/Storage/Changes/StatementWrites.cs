using System.Text.RegularExpressions;

namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>
/// Which tables a statement changes, found in its text. What is not understood changes everything: telling too much
/// costs a reading, telling too little serves what is not true any more.
/// </summary>
internal static partial class StatementWrites
{
    /// <summary>The tables; null when it may be any.</summary>
    public static IReadOnlyList<string>? Of(string text)
    {
        if (Other().IsMatch(text))
        {
            return null;
        }

        List<string> tables = [];
        foreach (Match match in Target().Matches(text))
        {
            if (!match.Groups["table"].Success)
            {
                return null;
            }

            tables.Add(match.Groups["table"].Value);
        }

        return tables;
    }

    // FOR UPDATE locks, and ON CONFLICT … DO UPDATE goes on with what its INSERT has named.
    [GeneratedRegex(@"(?<!\bFOR(?:\s+NO\s+KEY)?\s+)(?<!\bDO\s+)\b(?:UPDATE|INTO|DELETE\s+FROM)\b(?:\s+(?:ONLY\s+)?""?(?<table>\w+))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Target();

    [GeneratedRegex(@"\b(?:MERGE|TRUNCATE|REPLACE\s+INTO|COPY|CALL|ALTER|DROP|CREATE|WITH\s+RECURSIVE|DO\s+\$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
