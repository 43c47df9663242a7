using System.Text;
using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Testing;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Tests.Ingest;

[Collection(nameof(WholeProcess))]
public sealed class WxrReaderTests
{
    [Theory]
    [InlineData("<html><body>Hello</body></html>", "outermost element is <html>")]
    [InlineData("<!DOCTYPE html><html></html>", "document type")]
    [InlineData("<rss version=\"2.0\"><channel><item><title>News</title></item></channel></rss>", "without the namespace of WordPress exports")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><rss>&a;</rss>", "document type")]
    [InlineData("<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"/>", "no <channel>")]
    [InlineData("", "Root element is missing")]
    [InlineData("PK\u0003\u0004 a zip file", "not well-formed XML")]
    public async Task What_is_no_export_is_refused_in_one_line(string text, string reason)
    {
        var refusal = await Assert.ThrowsAsync<WxrException>(() => WxrFiles.ParseAsync(text));
        Assert.StartsWith("test.xml:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task Cdata_sections_are_joined()
    {
        var records = await WxrFiles.ReadAsync(SharedData.Path("wxr", "crazy-cdata-escaped.xml"));
        Assert.Contains("Content with nested <![CDATA[ tags ]]> :)", Assert.Single(records.OfType<WxrItem>()).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_backslash_is_kept()
    {
        var item = Assert.Single((await WxrFiles.ReadAsync(SharedData.Path("wxr", "slashes.xml"))).OfType<WxrItem>());
        Assert.Equal("""Slashes aren\'t \"cool\" """.TrimEnd(), item.Content);
        Assert.Equal(@"\o/ ¯\_(ツ)_/¯", Assert.Single(item.Comments).Content);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    [InlineData("1.3")]
    public async Task Any_version_of_the_namespace_is_read_and_unknown_elements_are_passed_over(string version)
    {
        var records = await WxrFiles.ParseAsync(WxrFiles.Export(
            """
            <wp:future><wp:author_login>nobody</wp:author_login></wp:future>
            <item><x:any xmlns:x="urn:x"><wp:post_id>9</wp:post_id></x:any><wp:post_id>7</wp:post_id><title>A<b>B</b>C</title><wp:empty/></item>
            """,
            version));
        var item = Assert.Single(records.OfType<WxrItem>());
        Assert.Equal((7, "AC"), (item.PostId, item.Title));
        Assert.Empty(records.OfType<WxrAuthor>());
    }

    [Fact]
    public async Task Trouble_after_the_last_record_is_noticed()
    {
        var refusal = await Assert.ThrowsAsync<WxrException>(() => WxrFiles.ParseAsync(WxrFiles.Export("") + "<more>"));
        Assert.Contains("not well-formed XML", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_export_is_never_held_in_memory()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var export = new EndlessExport(items: 4_000);
        var peak = 0L;
        var items = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var record in WxrReader.Read(export, "large.xml", cancellation))
        {
            if (record is WxrItem && ++items % 500 == 0)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(4_000, items);
        Assert.True(export.BytesRead > 60_000_000, "The file was not large.");
        Assert.True(peak < 8_000_000, $"{peak:N0} bytes were held.");
    }

    /// <summary>A file made while it is read.</summary>
    private sealed class EndlessExport(int items) : Stream
    {
        private readonly byte[] _item = Encoding.UTF8.GetBytes(
            $"<item><title>T</title><content:encoded><![CDATA[{new string('x', 16_000)}]]></content:encoded><wp:post_id>1</wp:post_id></item>\n");

        private byte[] _part = Encoding.UTF8.GetBytes(WxrFiles.Export("").Split("</channel>")[0]);
        private int _at;
        private int _sent;

        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == _part.Length)
            {
                _part = _sent < items ? _item : _sent == items ? Encoding.UTF8.GetBytes("</channel></rss>") : [];
                _sent++;
                _at = 0;
            }

            var read = Math.Min(count, _part.Length - _at);
            Array.Copy(_part, _at, buffer, offset, read);
            _at += read;
            BytesRead += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
