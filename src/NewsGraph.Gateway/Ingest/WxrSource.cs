using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>A file being read, telling how far it is.</summary>
internal sealed class WxrSource : IDisposable
{
    private const int ReportEvery = 128 * 1024;

    private readonly FileStream _stream;
    private readonly ImportStep _step;
    private readonly IProgress<ImportProgress>? _progress;
    private long _reported;
    private int _items;

    public WxrSource(string file, ImportStep step, IProgress<ImportProgress>? progress)
    {
        File = file;
        _step = step;
        _progress = progress;
        try
        {
            _stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WxrException(file, 0, "there is no such file", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WxrException(file, 0, Directory.Exists(file) ? "is a folder, not a file" : "cannot be opened for reading", exception);
        }
    }

    public string File { get; }

    /// <summary>The records; blocks while it reads.</summary>
    public IEnumerable<WxrRecord> Read(CancellationToken cancellationToken)
    {
        foreach (var record in WxrReader.Read(_stream, File, cancellationToken))
        {
            _items += record is WxrItem ? 1 : 0;
            if (_stream.Position - _reported >= ReportEvery)
            {
                Report();
            }

            yield return record;
        }

        Report();
    }

    public void Dispose() => _stream.Dispose();

    private void Report()
    {
        _reported = _stream.Position;
        _progress?.Report(new ImportProgress(File, _step, _reported, _stream.Length, _items));
    }
}
