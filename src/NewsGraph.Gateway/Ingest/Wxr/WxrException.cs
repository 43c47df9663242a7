namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>A file that cannot be imported. Its message is one line for people: file, line, what is wrong.</summary>
public sealed class WxrException(string file, int line, string what, Exception? inner = null)
    : Exception(line > 0 ? $"{file}:{line}: {what}" : $"{file}: {what}", inner)
{
    public string File { get; } = file;

    /// <summary>From 1; 0 when the trouble has no line.</summary>
    public int Line { get; } = line;

    public string What { get; } = what;
}
