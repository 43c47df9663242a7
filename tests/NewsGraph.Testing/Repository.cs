namespace NewsGraph.Testing;

/// <summary>The repository's files, for tests that read sources, the printed schema or documentation.</summary>
public static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "dist", "node_modules", "wwwroot", "TestResults", "artifacts", ".git", ".vs", ".idea"];

    /// <summary>The folder that holds <c>NewsGraph.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file below a folder of the repository that a person or tool committed, not what a build produced.</summary>
    /// <param name="folder">Relative to <see cref="Root"/>; empty for all.</param>
    public static IEnumerable<string> Files(string folder = "")
    {
        var start = new DirectoryInfo(Path.Combine(Root, folder));
        return start.Exists ? Walk(start) : [];
    }

    private static IEnumerable<string> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories()
                .Where(child => !Generated.Contains(child.Name, StringComparer.Ordinal))
                .SelectMany(Walk));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NewsGraph.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"NewsGraph.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
