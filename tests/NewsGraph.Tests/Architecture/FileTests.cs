using NewsGraph.Testing;

namespace NewsGraph.Tests.Architecture;

/// <summary>What holds for every file of the repository.</summary>
public sealed class FileTests
{
    private const int MaxLines = 400;
    private const int MaxTextBytes = 8 * 1024 * 1024;

    private static readonly string[] SourceExtensions = [".cs", ".ts", ".mjs", ".sh"];

    // Put together here, so that this file does not name them either.
    private static readonly string[] RegistryHosts =
        [.. from host in new[] { "nuget/org", "npmjs/org", "npmjs/com", "yarnpkg/com" } select host.Replace('/', '.')];

    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines()
    {
        var tooLong =
            from path in Repository.Files("src").Concat(Repository.Files("tests"))
            where SourceExtensions.Contains(Path.GetExtension(path)) && !IsMigration(path)
            let lines = File.ReadLines(path).Count()
            where lines > MaxLines
            select $"{Path.GetRelativePath(Repository.Root, path)} has {lines} lines";

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_file_names_a_package_registry()
    {
        var naming =
            from path in Repository.Files()
            where new FileInfo(path).Length < MaxTextBytes
            let text = File.ReadAllText(path)
            from host in RegistryHosts
            where text.Contains(host, StringComparison.OrdinalIgnoreCase)
            select $"{Path.GetRelativePath(Repository.Root, path)} names {host}";

        Assert.Empty(naming);
    }

    [Fact]
    public void No_file_redirects_where_packages_come_from() =>
        Assert.DoesNotContain(
            Repository.Files(), path => Path.GetFileName(path).Equals("nuget.config", StringComparison.OrdinalIgnoreCase));

    private static bool IsMigration(string path) =>
        path.Contains($"{Path.DirectorySeparatorChar}Migrations{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
