using System.Text;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Tests.Ingest;

/// <summary>Reads an export whole, for tests that look at all of it.</summary>
internal static class WxrFiles
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

    private static async Task<List<WxrRecord>> ReadAsync(Stream stream, string name)
    {
        var records = new List<WxrRecord>();
        await foreach (var record in WxrReader.ReadAsync(stream, name, TestContext.Current.CancellationToken))
        {
            records.Add(record);
        }

        return records;
    }
}
