using System.Text;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Testing.Ingest;

/// <summary>Reads an export whole, for tests that look at all of it.</summary>
public static class WxrFiles
{
    public static async Task<List<WxrRecord>> ReadAsync(string path)
    {
        await using var stream = File.OpenRead(path);
        return await ReadAsync(stream, Path.GetFileName(path));
    }

    public static async Task<List<WxrRecord>> ParseAsync(string xml) =>
        await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "test.xml");

    /// <summary>An export with the given text inside its channel.</summary>
    public static string Export(string channel, string version = "1.2") =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/" xmlns:wp="http://wordpress.org/export/{version}/">
        <channel><title>Test</title><wp:base_blog_url>https://site.example</wp:base_blog_url>
        {channel}
        </channel></rss>
        """;

    /// <summary>A post.</summary>
    public static string Item(
        int id, string title, string? slug = null, string? tags = null, string status = "publish", string date = "2026-10-01 08:00:00",
        string? guid = null, string content = "Text.", string extra = "") =>
        $"""
        <item><title>{title}</title><guid>{guid ?? $"https://site.example/?p={id}"}</guid><dc:creator>ann</dc:creator><wp:post_id>{id}</wp:post_id>
        <wp:post_type>post</wp:post_type><wp:status>{status}</wp:status><wp:post_date_gmt>{date}</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>
        <content:encoded><![CDATA[{content}]]></content:encoded>
        {string.Concat((tags ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => $"<category domain=\"post_tag\" nicename=\"{t}\">{t}</category>"))}
        {extra}</item>
        """;

    /// <summary>A comment of a post.</summary>
    public static string Comment(int id, int parent, string text, string approved = "1", string type = "") =>
        $"""
        <wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_parent>{parent}</wp:comment_parent><wp:comment_author>Bo</wp:comment_author>
        <wp:comment_author_email>bo@example.com</wp:comment_author_email><wp:comment_date_gmt>2026-10-01 09:00:00</wp:comment_date_gmt>
        <wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{type}</wp:comment_type></wp:comment>
        """;

    private static async Task<List<WxrRecord>> ReadAsync(Stream stream, string name)
    {
        var records = new List<WxrRecord>();
        foreach (var record in WxrReader.Read(stream, name, TestContext.Current.CancellationToken))
        {
            records.Add(record);
        }

        return records;
    }
}
