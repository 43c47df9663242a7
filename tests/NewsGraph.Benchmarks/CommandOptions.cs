using System.CommandLine;

namespace NewsGraph.Benchmarks;

/// <summary>Options that several commands have.</summary>
internal static class CommandOptions
{
    public static Option<string> Folder() => new("--database")
    {
        Description = "The folder of the gateway's database (newsgraph.db), which is brought up to date and read.",
        HelpName = "FOLDER",
        Required = true,
    };

    public static Option<string[]> Settings()
    {
        var option = new Option<string[]>("--set")
        {
            Description = "A setting of the gateway, Section:Key=value; may be repeated.",
            HelpName = "SETTING",
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => t.Value.StartsWith('-') || !t.Value.Contains('=', StringComparison.Ordinal)))
            {
                result.AddError("--set takes Section:Key=value.");
            }
        });
        return option;
    }

    /// <summary>
    /// The gateway's arguments. What is measured is reading, so nothing is answered from memory unless a setting says so.
    /// </summary>
    public static IReadOnlyList<string> Arguments(IEnumerable<string> settings) => ["--ResponseCache:Enabled=false", .. settings.Select(s => "--" + s)];

    public static Option<string?> Output() => new("--output")
    {
        Description = "Also writes the results, with the command and the machine's description, to the end of this file (Markdown).",
        HelpName = "FILE",
    };

    public static Option<int> Number(string name, int usual, int least, int most, string description)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description} {least} to {most}.",
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[^1].Value, out var value) || value < least || value > most))
            {
                result.AddError($"{name} takes a whole number from {least} to {most}.");
            }
        });
        return option;
    }
}
