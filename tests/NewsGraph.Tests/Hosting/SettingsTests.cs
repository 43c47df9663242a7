using NewsGraph.Gateway.Hosting;
using NewsGraph.Testing;

namespace NewsGraph.Tests.Hosting;

public sealed class SettingsTests
{
    private static readonly string File = Path.Combine(Repository.Root, "schema", "SETTINGS.md");

    [Fact]
    public async Task The_page_lists_every_setting_as_it_is()
    {
        var page = SettingsPage.Write();
        var kept = System.IO.File.Exists(File) ? await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken) : "";
        if (page != kept && Environment.GetEnvironmentVariable("CI") is null or "")
        {
            await System.IO.File.WriteAllTextAsync(File, page, TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(kept, page);
    }

    [Fact]
    public void Every_setting_of_a_section_has_a_meaning() =>
        Assert.DoesNotContain(SettingsPage.Write().Split('\n'), line => line.EndsWith("|  |", StringComparison.Ordinal) && !line.StartsWith("|---", StringComparison.Ordinal));

    [Theory]
    [InlineData("--Feeds:ReadSize=0", "Feeds:ReadSize is '0'; it must be a number from 1 to 10,000.")]
    [InlineData("--Feeds:PositionCheckInterval=soon", "Feeds:PositionCheckInterval is 'soon'; it must be a duration (hh:mm:ss).")]
    [InlineData("--GraphQL:Limits:AllowIntrospection=maybe", "GraphQL:Limits:AllowIntrospection is 'maybe'; it must be true or false.")]
    public void A_wrong_setting_says_what_it_may_be(string setting, string problem) =>
        Assert.Equal([problem], Assert.Throws<WrongSettingsException>(() => GatewayHost.Build([setting])).Problems);

    [Fact]
    public void All_wrong_settings_are_told_at_once() =>
        Assert.Equal(2, Assert.Throws<WrongSettingsException>(() => GatewayHost.Build(["--Feeds:ReadSize=0", "--Comments:MaxDepth=x"])).Problems.Count);

    [Theory]
    [InlineData("", "must say which server")]
    [InlineData("Username=news;Password=secret", "names no Host")]
    [InlineData("Host=db;Password=secret", "names no Database")]
    [InlineData("postgres://news:secret@db/news", "cannot be read")]
    [InlineData("Host=db;Database=news;Password=secret;Port=secret", "cannot be read")]
    public void PostgreSQL_without_a_usable_connection_string_says_how_one_looks_and_repeats_no_secret(string connection, string problem)
    {
        var told = Assert.Single(Assert.Throws<WrongSettingsException>(
            () => GatewayHost.Build(["--Storage:Provider=Postgres", $"--ConnectionStrings:Postgres={connection}"])).Problems);

        Assert.Contains(problem, told, StringComparison.Ordinal);
        Assert.Contains("Host=localhost;Database=newsgraph", told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
    }
}
