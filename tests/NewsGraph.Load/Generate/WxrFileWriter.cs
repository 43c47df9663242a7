using System.Globalization;
using System.Text;

namespace NewsGraph.Load.Generate;

/// <summary>One WordPress export of the set (WXR 1.2), written as it comes.</summary>
internal sealed class WxrFileWriter : IDisposable
{
    private const string Site = "https://news.example";

    private readonly FileStream _file;
    private readonly StreamWriter _text;

    public WxrFileWriter(string path, Workload workload)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        _text = new StreamWriter(_file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n" };
        _text.Write(
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
            <channel>
            <title>The Yardstick</title>
            <link>{Site}</link>
            <language>en</language>
            <wp:wxr_version>1.2</wp:wxr_version>
            <wp:base_blog_url>{Site}</wp:base_blog_url>

            """.ReplaceLineEndings("\n"));
        for (var i = 0; i < workload.Authors.Count; i++)
        {
            Line($"<wp:author><wp:author_id>{i + 1}</wp:author_id><wp:author_login>author-{i + 1}</wp:author_login><wp:author_display_name><![CDATA[{workload.Authors[i]}]]></wp:author_display_name></wp:author>");
        }

        foreach (var tag in workload.Tags)
        {
            Line($"<wp:tag><wp:tag_slug>{tag.Slug}</wp:tag_slug><wp:tag_name><![CDATA[{tag.Name}]]></wp:tag_name></wp:tag>");
        }
    }

    /// <summary>How much is in it.</summary>
    public long Bytes => _file.Position;

    public void Write(GeneratedArticle article)
    {
        Line($"<item><title><![CDATA[{article.Title}]]></title><link>{Site}/{article.Slug}/</link><guid isPermaLink=\"false\">{Site}/?p={article.Number}</guid>");
        Line($"<dc:creator>{article.Author}</dc:creator><wp:post_id>{article.Number}</wp:post_id><wp:post_name>{article.Slug}</wp:post_name>");
        Line($"<wp:post_date_gmt>{article.At:yyyy-MM-dd HH:mm:ss}</wp:post_date_gmt><wp:post_modified_gmt>{article.At:yyyy-MM-dd HH:mm:ss}</wp:post_modified_gmt>");
        Line($"<wp:comment_status>open</wp:comment_status><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>");
        Line($"<excerpt:encoded><![CDATA[{article.Standfirst}]]></excerpt:encoded>");

        // The mark of the block editor: its paragraphs are taken as they are.
        Line($"<content:encoded><![CDATA[<!-- wp:freeform -->\n{article.Body}<!-- /wp:freeform -->]]></content:encoded>");
        foreach (var tag in article.Tags)
        {
            Line($"<category domain=\"post_tag\" nicename=\"{tag.Slug}\"><![CDATA[{tag.Name}]]></category>");
        }

        foreach (var comment in article.Comments)
        {
            Line($"<wp:comment><wp:comment_id>{comment.Id}</wp:comment_id><wp:comment_parent>{comment.ParentId}</wp:comment_parent><wp:comment_author><![CDATA[{comment.Author}]]></wp:comment_author><wp:comment_date_gmt>{comment.At:yyyy-MM-dd HH:mm:ss}</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_content><![CDATA[{comment.Body}]]></wp:comment_content></wp:comment>");
        }

        Line($"</item>");
    }

    public void Dispose()
    {
        _text.Write("</channel>\n</rss>\n");
        _text.Dispose();
    }

    private void Line(FormattableString line) => _text.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
