namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>
/// Reads WordPress exports (WXR 1.0, 1.1, 1.2, or without a version) record by record, so that memory holds one item at a
/// time whatever the file's size. Unknown elements are ignored. It blocks while the stream is read.
/// </summary>
public static class WxrReader
{
    /// <summary>The records in the order of the file, <see cref="WxrSite"/> first.</summary>
    /// <param name="stream">Read once, forward; not closed.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="WxrException">The file is no WordPress export, or no well-formed XML.</exception>
    public static IEnumerable<WxrRecord> Read(Stream stream, string file, CancellationToken cancellationToken = default)
    {
        using var xml = new WxrXml(stream, file);
        EnterChannel(xml, file);

        var channel = xml.Enter();
        var site = new WxrSite();
        var siteSent = false;
        while (xml.NextChild(channel))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = ReadRecord(xml, site);
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

        xml.Finish();
        if (!siteSent)
        {
            yield return site;
        }
    }

    private static void EnterChannel(WxrXml xml, string file)
    {
        xml.MoveToRoot();
        if (xml.LocalName != "rss")
        {
            throw new WxrException(file, xml.Line, $"not a WordPress export: its outermost element is <{xml.LocalName}>, not <rss>");
        }

        var declared = xml.DeclaresWordPress();
        var line = xml.Line;
        var root = xml.Enter();
        while (xml.NextChild(root))
        {
            if (xml is { LocalName: "channel", Vocabulary: Vocabulary.Rss })
            {
                if (!declared && !xml.DeclaresWordPress())
                {
                    throw new WxrException(file, line, "not a WordPress export: an RSS feed without the namespace of WordPress exports");
                }

                return;
            }

            xml.Text();
        }

        throw new WxrException(file, line, "not a WordPress export: <rss> has no <channel>");
    }

    private static WxrRecord? ReadRecord(WxrXml xml, WxrSite site)
    {
        switch (xml.Vocabulary, xml.LocalName)
        {
            case (Vocabulary.Rss, "item"):
                return WxrItemReader.Read(xml);
            case (Vocabulary.WordPress, "author"):
                return WxrDeclarations.Author(xml);
            case (Vocabulary.WordPress, "category"):
                return WxrDeclarations.Category(xml);
            case (Vocabulary.WordPress, "tag"):
                return WxrDeclarations.Tag(xml);
            case (Vocabulary.WordPress, "term"):
                return WxrDeclarations.Term(xml);
            case (Vocabulary.Rss, "title"):
                site.Title = xml.TrimmedText();
                break;
            case (Vocabulary.Rss, "language"):
                site.Language = xml.TrimmedText();
                break;
            case (Vocabulary.Rss, "link"):
                var link = xml.TrimmedText();
                site.BaseUrl = site.BaseUrl.Length == 0 ? link : site.BaseUrl;
                break;
            case (Vocabulary.WordPress, "base_blog_url"):
                site.BaseUrl = xml.TrimmedText() is { Length: > 0 } url ? url : site.BaseUrl;
                break;
            case (Vocabulary.WordPress, "wxr_version"):
                site.Version = xml.TrimmedText() is { Length: > 0 } version ? version : null;
                break;
            default:
                xml.Text();
                break;
        }

        return null;
    }
}
