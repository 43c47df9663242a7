using System.Globalization;

namespace NewsGraph.Load.Generate;

/// <summary>Writes a set as exports of bounded size, in a folder.</summary>
internal static class ExportFiles
{
    /// <summary>The files written, in the order in which they are to be imported.</summary>
    /// <param name="workload">The set.</param>
    /// <param name="options">Its options.</param>
    /// <param name="folder">Where; made when it is missing.</param>
    /// <param name="progress">Told how many articles are written, now and then.</param>
    /// <param name="cancellationToken">Stops after an article.</param>
    public static List<string> Write(Workload workload, WorkloadOptions options, string folder, Action<int> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        WxrFileWriter? file = null;
        try
        {
            foreach (var article in workload.Articles())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (file is null)
                {
                    files.Add(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"part-{files.Count + 1:0000}.xml")));
                    file = new WxrFileWriter(files[^1], workload);
                }

                file.Write(article);
                if (file.Bytes >= options.FileBytes)
                {
                    file.Dispose();
                    file = null;
                }

                if (article.Number % 10_000 == 0)
                {
                    progress(article.Number);
                }
            }
        }
        finally
        {
            file?.Dispose();
        }

        return files;
    }
}
