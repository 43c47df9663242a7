using System.Text.RegularExpressions;
using NewsGraph.Testing;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.IntegrationTests.WebSockets;

public sealed partial class TransportDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "schema", "TRANSPORT.md"));

    [Fact]
    public void The_close_code_table_lists_the_enumeration()
    {
        var documented = CloseCodeRow().Matches(Document)
            .Select(row => $"{row.Groups["code"].Value} {row.Groups["name"].Value}");
        var declared = Enum.GetValues<CloseCode>()
            .Where(code => code != CloseCode.None)
            .Select(code => $"{(int)code} {code}");

        Assert.Equal(declared, documented);
    }

    [Fact]
    public void The_close_code_table_quotes_every_reason()
    {
        var reasons = typeof(CloseReason).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.Contains($"`{reason}`", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void The_ranges_keep_their_meaning()
    {
        Assert.All(CloseCodeRow().Matches(Document), row =>
        {
            var code = int.Parse(row.Groups["code"].Value, null);
            var comesBack = code is 1012 or 1013 or 4408 or (>= 4200 and < 4300);
            Assert.Equal(comesBack ? "come back" : "stop", row.Groups["then"].Value);
        });
    }

    [Fact]
    public void The_error_table_lists_every_code_in_the_sources()
    {
        var used = new[] { "src/NewsGraph.Engine", "src/NewsGraph.Transports" }
            .SelectMany(Repository.Files)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => ErrorCode().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(used);
        Assert.All(used, code => Assert.Contains($"`{code}`", Document, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| (?<code>\d{4}) \| (?<name>\w+) \|.*\| (?<then>[a-z ]+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex CloseCodeRow();

    [GeneratedRegex("\"(HC[0-9]{4}|AUTH_[A-Z_]+)\"")]
    private static partial Regex ErrorCode();
}
