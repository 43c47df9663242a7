using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>What an import did, or with a dry run would do.</summary>
public sealed class ImportSummary
{
    public ImportCount Articles { get; } = new();

    public ImportCount Tags { get; } = new();

    public ImportCount Authors { get; } = new();

    public ImportCount Comments { get; } = new();

    /// <summary>Notes an article that was not taken, and with it its comments.</summary>
    internal void SkipArticle(WxrItem item, string reason)
    {
        Articles.Skip(reason);
        Comments.Skip($"on an article {reason}", item.Comments.Count);
    }

    internal void Add(ImportSummary other)
    {
        Articles.Add(other.Articles);
        Tags.Add(other.Tags);
        Authors.Add(other.Authors);
        Comments.Add(other.Comments);
    }
}

/// <summary>The counts of one kind of thing.</summary>
public sealed class ImportCount
{
    private readonly SortedDictionary<string, int> _skipped = new(StringComparer.Ordinal);

    public int New { get; internal set; }

    public int Changed { get; internal set; }

    public int Unchanged { get; internal set; }

    public int Skipped => _skipped.Values.Sum();

    /// <summary>Why things were skipped, and how many for each reason.</summary>
    public IReadOnlyDictionary<string, int> SkippedBy => _skipped;

    internal void Skip(string reason, int count = 1)
    {
        if (count > 0)
        {
            _skipped[reason] = _skipped.GetValueOrDefault(reason) + count;
        }
    }

    internal void Existing(bool changed)
    {
        if (changed)
        {
            Changed++;
        }
        else
        {
            Unchanged++;
        }
    }

    internal void Add(ImportCount other)
    {
        New += other.New;
        Changed += other.Changed;
        Unchanged += other.Unchanged;
        foreach (var (reason, count) in other._skipped)
        {
            Skip(reason, count);
        }
    }
}

/// <summary>How far an import is.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Step">Each file is read twice: once to check it whole, once to import it.</param>
/// <param name="BytesRead">Bytes of the file read in this step.</param>
/// <param name="TotalBytes">The file's size.</param>
/// <param name="Items">Items read in this step.</param>
public sealed record ImportProgress(string File, ImportStep Step, long BytesRead, long TotalBytes, int Items);

public enum ImportStep
{
    Checking,
    Importing,
}

/// <summary>The outcome for one file: a summary, or the one line that says why it was refused.</summary>
public sealed record ImportedFile(string File, ImportSummary? Summary, string? Error);

/// <summary>The outcome of an import.</summary>
public sealed record ImportResult(IReadOnlyList<ImportedFile> Files, ImportSummary Total)
{
    public bool Succeeded => Files.All(f => f.Error is null);
}
