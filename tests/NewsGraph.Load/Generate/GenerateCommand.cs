using System.CommandLine;

namespace NewsGraph.Load.Generate;

/// <summary><c>generate</c>: makes the set that reading is measured with.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "Where the database is made, and the exports before it. Made when it is missing; may hold no database.",
            HelpName = "FOLDER",
        };
        var scale = LoadCommands.Number("--scale", 1, 1, 1_000, "Times the usual set of 10,000 articles and 100,000 comments.");
        var seed = LoadCommands.Number("--seed", 1, 0, int.MaxValue, "Another number, other news; the same, the same bytes.");
        var filesOnly = new Option<bool>("--files-only") { Description = "Writes the exports into FOLDER/wxr and imports nothing." };
        var keepFiles = new Option<bool>("--keep-files") { Description = "Leaves the exports in FOLDER/wxr after the import." };
        var command = new Command(
            "generate",
            """
            Makes the news that reading is measured with: 10,000 articles of 3 KB with 3 to 8 of 500 tags (by Zipf's law), and
            100,000 comments, of which 30 % answer another and 5,000 are one hot article's; or that many times more. They are
            written as WordPress exports and imported by the gateway's own command 'import' into FOLDER/newsgraph.db, so
            a gateway serves them with --Storage:Directory=FOLDER. The same seed is the same set on every machine.

            The usual set takes about a minute and 160 MB. With --scale 100 it is 1,000,000 articles and 10,000,000 comments:
            20 GB, with the exports 30 GB while it works; give it an hour.

            Examples:
              generate small
              generate --scale 100 large
              generate --files-only --seed 7 other
            """)
        {
            folder, scale, seed, filesOnly, keepFiles,
        };
        command.SetAction((parsed, cancellationToken) => GenerateRun.RunAsync(
            WorkloadOptions.Of(parsed.GetValue(scale), (ulong)parsed.GetValue(seed)),
            parsed.GetValue(folder)!,
            parsed.GetValue(filesOnly) ? Keep.FilesOnly : parsed.GetValue(keepFiles) ? Keep.Both : Keep.DatabaseOnly,
            cancellationToken));
        return command;
    }
}

/// <summary>What is there in the end.</summary>
internal enum Keep
{
    DatabaseOnly,
    FilesOnly,
    Both,
}
