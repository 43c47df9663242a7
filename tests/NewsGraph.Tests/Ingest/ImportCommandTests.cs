using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using NewsGraph.Gateway.Commands;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Storage;
using NewsGraph.PubSub;
using NewsGraph.Testing;

namespace NewsGraph.Tests.Ingest;

public sealed class ImportCommandTests
{
    [Fact]
    public async Task The_summary_names_every_count_and_a_dry_run_prints_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("newsgraph-command-");
        try
        {
            var file = SharedData.Path("wxr", "small-export.xml");
            var (dryCode, dryOutput, _) = await RunAsync(folder, ["--dry-run", file]);
            var (code, output, errors) = await RunAsync(folder, [file]);

            Assert.Equal((0, 0, ""), (dryCode, code, errors));
            Assert.StartsWith("1 file imported", output, StringComparison.Ordinal);
            Assert.StartsWith("Dry run, nothing written: 1 file read", dryOutput, StringComparison.Ordinal);
            Assert.Contains("Articles: 6 new, 0 changed, 0 unchanged, 5 skipped (5 page)", output, StringComparison.Ordinal);
            Assert.Equal(output.Split('\n')[1..], dryOutput.Split('\n')[1..]);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_broken_file_is_one_line_on_the_error_output_and_exit_code_1()
    {
        var folder = Directory.CreateTempSubdirectory("newsgraph-command-");
        try
        {
            var file = SharedData.Path("wxr", "malformed.xml");
            var (code, output, errors) = await RunAsync(folder, [file]);

            Assert.Equal(1, code);
            Assert.StartsWith($"{file}:90: ", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
            Assert.StartsWith("0 files imported, 1 refused", output, StringComparison.Ordinal);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_one_line_and_exit_code_1()
    {
        var folder = Directory.CreateTempSubdirectory("newsgraph-command-");
        try
        {
            var (code, _, errors) = await RunAsync(folder, ["nowhere.xml"]);

            Assert.Equal((1, "nowhere.xml: there is no such file"), (code, errors.Trim()));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(DirectoryInfo folder, string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var command = ImportCommand.Create(() =>
        {
            var builder = WebApplication.CreateBuilder([$"--Storage:Directory={folder.FullName}", "--Logging:LogLevel:Default=Warning"]);
            builder.Services.AddStorage().AddInMemoryTopicBus().AddFeeds().AddIngest();
            return builder.Build();
        });
        var code = await command.Parse(arguments).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        return (code, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }
}
