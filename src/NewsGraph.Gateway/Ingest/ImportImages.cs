using NewsGraph.Gateway.Articles;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// The lead images of all files of one import: large sites are exported in parts, and an article's image may be in another
/// part than the article.
/// </summary>
internal sealed class ImportImages
{
    private readonly Dictionary<(string Site, long Id), ArticleImage> _images = [];
    private readonly HashSet<(string Site, long Id)> _wanted = [];

    /// <summary>An attachment that is an image; the first one with its number counts.</summary>
    public void Offer(string site, long id, ArticleImage image) => _images.TryAdd((site, id), image);

    /// <summary>That an article shows the attachment with that number.</summary>
    public void Want(string site, long id) => _wanted.Add((site, id));

    /// <summary>Forgets what no article shows, once all files are read.</summary>
    public void KeepWanted()
    {
        foreach (var unused in _images.Keys.Where(key => !_wanted.Contains(key)).ToArray())
        {
            _images.Remove(unused);
        }

        _wanted.Clear();
    }

    /// <summary>The lead image with that number; null when no file has it.</summary>
    public ArticleImage? Find(string site, long id) => _images.GetValueOrDefault((site, id));
}
