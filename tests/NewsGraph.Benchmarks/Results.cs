using System.CommandLine;
using System.Globalization;
using NewsGraph.Testing.Measuring;

namespace NewsGraph.Benchmarks;

/// <summary>Results beside what is needed to repeat them: the command and the machine's description.</summary>
internal static class Results
{
    /// <summary>Writes them to the console and, when a file is named, to its end.</summary>
    /// <param name="parsed">The command line; of paths only the last part is told.</param>
    /// <param name="markdown">The results.</param>
    /// <param name="file">The file, or null.</param>
    public static void Write(ParseResult parsed, string markdown, string? file)
    {
        var arguments = string.Join(' ', parsed.Tokens.Select(t => t.Value.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetFileName(t.Value.TrimEnd('/')) : t.Value));
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ## `{parsed.CommandResult.Command.Name}`

            ```
            dotnet run -c Release --project tests/NewsGraph.Benchmarks -- {arguments}
            {Machine.Describe()}
            ```

            {markdown}

            """);
        Console.WriteLine(text);
        if (file is not null)
        {
            File.AppendAllText(file, text + "\n");
        }
    }
}
