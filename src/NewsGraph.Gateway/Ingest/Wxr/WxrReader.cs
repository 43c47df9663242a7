using System.Runtime.CompilerServices;

namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>
/// Reads WordPress exports (WXR 1.0, 1.1, 1.2, or without a version) record by record, so that memory holds one item at a
/// time whatever the file's size. Unknown elements are ignored.
/// </summary>
public static class WxrReader
{
    /// <summary>The records in the order of the file, <see cref="WxrSite"/> first.</summary>
    /// <param name="stream">Read once, forward; not closed.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="WxrException">The file is no WordPress export, or no well-formed XML.</exception>
    public static async IAsyncEnumerable<WxrRecord> ReadAsync(
        Stream stream, string file, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var xml = new WxrXml(stream, file);
        await EnterChannelAsync(xml, file);

        var channel = xml.Enter();
        var site = new WxrSite();
        var siteSent = false;
        while (await xml.NextChildAsync(channel))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = await ReadRecordAsync(xml, site);
            if (record is null)
            {
                continue;
            }

            if (!siteSent)
            {
                siteSent = true;
                yield return site;
            }

            yield return record;
        }

        await xml.FinishAsync();
        if (!siteSent)
        {
            yield return site;
        }
    }

    private static async Task EnterChannelAsync(WxrXml xml, string file)
    {
        await xml.MoveToRootAsync();
        if (xml.LocalName != "rss")
        {
            throw new WxrException(file, xml.Line, $"not a WordPress export: its outermost element is <{xml.LocalName}>, not <rss>");
        }

        var declared = xml.DeclaresWordPress();
        var line = xml.Line;
        var root = xml.Enter();
        while (await xml.NextChildAsync(root))
        {
            if (xml is { LocalName: "channel", Vocabulary: Vocabulary.Rss })
            {
                if (!declared && !xml.DeclaresWordPress())
                {
                    throw new WxrException(file, line, "not a WordPress export: an RSS feed without the namespace of WordPress exports");
                }

                return;
            }

            await xml.TextAsync();
        }

        throw new WxrException(file, line, "not a WordPress export: <rss> has no <channel>");
    }

    private static async Task<WxrRecord?> ReadRecordAsync(WxrXml xml, WxrSite site)
    {
        switch (xml.Vocabulary, xml.LocalName)
        {
            case (Vocabulary.Rss, "item"):
                return await WxrItemReader.ReadAsync(xml);
            case (Vocabulary.WordPress, "author"):
                return await WxrDeclarations.AuthorAsync(xml);
            case (Vocabulary.WordPress, "category"):
                return await WxrDeclarations.CategoryAsync(xml);
            case (Vocabulary.WordPress, "tag"):
                return await WxrDeclarations.TagAsync(xml);
            case (Vocabulary.WordPress, "term"):
                return await WxrDeclarations.TermAsync(xml);
            case (Vocabulary.Rss, "title"):
                site.Title = await xml.TrimmedTextAsync();
                break;
            case (Vocabulary.Rss, "language"):
                site.Language = await xml.TrimmedTextAsync();
                break;
            case (Vocabulary.Rss, "link"):
                var link = await xml.TrimmedTextAsync();
                site.BaseUrl = site.BaseUrl.Length == 0 ? link : site.BaseUrl;
                break;
            case (Vocabulary.WordPress, "base_blog_url"):
                site.BaseUrl = await xml.TrimmedTextAsync() is { Length: > 0 } url ? url : site.BaseUrl;
                break;
            case (Vocabulary.WordPress, "wxr_version"):
                site.Version = await xml.TrimmedTextAsync() is { Length: > 0 } version ? version : null;
                break;
            default:
                await xml.TextAsync();
                break;
        }

        return null;
    }
}
