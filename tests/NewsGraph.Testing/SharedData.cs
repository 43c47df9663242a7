namespace NewsGraph.Testing;

/// <summary>The real data the suites read. It is kept beside the repository, not in it: its licences differ from the code's.</summary>
public static class SharedData
{
    private static readonly Lazy<string> Root = new(Find);

    /// <summary>The full path of a file or folder under <c>shared/data</c>.</summary>
    public static string Path(params string[] parts)
    {
        var path = System.IO.Path.Combine([Root.Value, .. parts]);
        return System.IO.Path.Exists(path)
            ? path
            : throw new FileNotFoundException($"The test data has no '{string.Join('/', parts)}'. Bring the folder '{Root.Value}' up to date.", path);
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("NEWSGRAPH_SHARED") is { Length: > 0 } given)
        {
            return System.IO.Path.Combine(given, "data");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException(
            "These tests read real data from a folder 'shared/data' beside the repository, and there is none. "
            + "Put a copy of 'shared' next to the checkout, or name it in the environment variable NEWSGRAPH_SHARED.");
    }
}
