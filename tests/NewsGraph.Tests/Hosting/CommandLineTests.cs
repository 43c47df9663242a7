using NewsGraph.Gateway.Commands;

namespace NewsGraph.Tests.Hosting;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("import --help")]
    [InlineData("comments --help")]
    [InlineData("schema --help")]
    [InlineData("drill --help")]
    public async Task Every_command_explains_itself(string line)
    {
        var (code, output, error) = await RunAsync(line.Split(' '));

        Assert.Equal(0, code);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
        Assert.Contains(line == "--help" ? "--Storage:Directory" : "Examples:", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task The_schema_is_printed_without_a_database()
    {
        using var folder = new TemporaryFolder();
        var nowhere = Path.Combine(folder.Path, "data");

        var (code, output, _) = await RunAsync("schema", $"--Storage:Directory={nowhere}");

        Assert.Equal(0, code);
        Assert.Contains("type Article implements Node", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public async Task The_schema_can_go_to_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "news.graphql");

        var (code, output, _) = await RunAsync("schema", "--output", file);

        Assert.Equal(0, code);
        Assert.Empty(output);
        Assert.Contains("type Query", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema --outptu x", "--outptu")]
    [InlineData("serve --Storage:Direktory=x", "Did you mean 'Storage:Directory'?")]
    [InlineData("--Storage:Directory", "has no value")]
    [InlineData("publish", "publish")]
    [InlineData("import", "FILE")]
    [InlineData("comments remove", "ID")]
    [InlineData("import --dryrun export.xml", "no option '--dryrun'; did you mean --dry-run?")]
    [InlineData("import export.xml -n", "no option '-n'")]
    public async Task A_wrong_command_line_is_named_and_ends_with_2(string line, string named)
    {
        var (code, _, error) = await RunAsync(line.Split(' '));

        Assert.Equal(GatewayCommands.Misused, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_is_one_line_and_ends_with_1()
    {
        var (code, _, error) = await RunAsync("schema", "--Comments:MaxDepth=0");

        Assert.Equal(GatewayCommands.Failed, code);
        Assert.Equal("Comments:MaxDepth is '0'; it must be a number from 1 to 100.", error.Trim());
    }

    [Theory]
    [InlineData("serve --Storage:Directory=/data --urls http://localhost:1", "--Storage:Directory=/data --urls=http://localhost:1", "serve")]
    [InlineData("--logging:loglevel:Microsoft.EntityFrameworkCore=Debug import a.xml", "--logging:loglevel:Microsoft.EntityFrameworkCore=Debug", "import a.xml")]
    [InlineData("import -- --urls=x", "", "import -- --urls=x")]
    public void Settings_are_taken_out_wherever_they_stand(string line, string settings, string rest)
    {
        var split = SettingArguments.Split(line.Split(' '));

        Assert.Null(split.Problem);
        Assert.Equal(settings, string.Join(' ', split.Settings));
        Assert.Equal(rest, string.Join(' ', split.Rest));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await GatewayCommands.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-cli-");

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
