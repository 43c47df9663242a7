using System.Globalization;
using System.Text.RegularExpressions;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// A first reading of a file, before anything is written: it proves the file whole, and finds the lead images, which may
/// come after the articles that show them.
/// </summary>
internal static partial class WxrSurvey
{
    /// <exception cref="WxrException">The file cannot be imported.</exception>
    public static void Read(string file, ImportImages images, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, ArticleImage>();
        var wanted = new HashSet<long>();
        var site = "";
        using var source = new WxrSource(file, ImportStep.Checking, progress);
        foreach (var record in source.Read(cancellationToken))
        {
            if (record is WxrSite declared)
            {
                site = SiteIdentity.Of(declared, file).Key;
            }
            else if (record is WxrItem { PostType: "attachment" } attachment)
            {
                if (ImageOf(attachment) is { } image)
                {
                    found.TryAdd(attachment.PostId, image);
                }
            }
            else if (record is WxrItem item && LeadImageId(item) is { } id)
            {
                wanted.Add(id);
            }
        }

        // Only what a whole file says counts.
        foreach (var (id, image) in found)
        {
            images.Offer(site, id, image);
        }

        foreach (var id in wanted)
        {
            images.Want(site, id);
        }
    }

    /// <summary>The attachment an item names as its lead image; null for none.</summary>
    public static long? LeadImageId(WxrItem item) =>
        long.TryParse(item.Meta("_thumbnail_id"), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : null;

    private static ArticleImage? ImageOf(WxrItem attachment)
    {
        var url = attachment.AttachmentUrl.Length > 0 ? attachment.AttachmentUrl : attachment.Guid;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return null;
        }

        var details = attachment.Meta("_wp_attachment_metadata") ?? "";
        return new ArticleImage
        {
            Url = url,
            Alt = attachment.Meta("_wp_attachment_image_alt")?.Trim() is { Length: > 0 } alt ? alt : null,
            Width = Pixels(Width().Match(details)),
            Height = Pixels(Height().Match(details)),
        };
    }

    private static int? Pixels(Match match) =>
        match.Success && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels > 0 ? pixels : null;

    // The first pair in the serialised text is the full image's. The text is searched, never evaluated.
    [GeneratedRegex("""s:5:"width";(?:i:|s:[0-9]{1,2}:")([0-9]{1,6})""")]
    private static partial Regex Width();

    [GeneratedRegex("""s:6:"height";(?:i:|s:[0-9]{1,2}:")([0-9]{1,6})""")]
    private static partial Regex Height();
}
