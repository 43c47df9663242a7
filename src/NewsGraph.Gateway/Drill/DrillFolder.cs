namespace NewsGraph.Gateway.Drill;

/// <summary>Where a cluster of the drill's own keeps its files: the user's folder, which stays, or one that is deleted in the end.</summary>
internal sealed class DrillFolder : IDisposable
{
    private readonly bool _owned;

    /// <param name="path">The user's folder, made when missing; null for one of its own.</param>
    public DrillFolder(string? path)
    {
        _owned = path is null;
        Path = path is null ? Directory.CreateTempSubdirectory("newsgraph-drill-").FullName : Directory.CreateDirectory(path).FullName;
    }

    public string Path { get; }

    public void Dispose()
    {
        if (_owned)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
