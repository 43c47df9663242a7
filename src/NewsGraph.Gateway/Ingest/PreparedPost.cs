using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Content;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>A post with all that can be made of it without the database.</summary>
/// <param name="Item">The post as the file has it.</param>
/// <param name="Key">What the article is found again by.</param>
/// <param name="Tags">The slugs of its tags, in order.</param>
/// <param name="Author">The key of its author, or null.</param>
/// <param name="Texts">Its texts.</param>
internal sealed record PreparedPost(WxrItem Item, string Key, List<string> Tags, string? Author, PreparedTexts Texts);

/// <summary>The clean texts of a post.</summary>
/// <param name="Body">Its text as clean HTML; empty when reading needs a password.</param>
/// <param name="BodyText">The same without HTML.</param>
/// <param name="Comments">Its comments' texts.</param>
internal sealed record PreparedTexts(string Body, string BodyText, IReadOnlyDictionary<WxrComment, PreparedComment> Comments)
{
    public static PreparedTexts Of(SiteIdentity site, WxrItem item)
    {
        var body = item.Password.Length > 0 ? "" : PostContent.ToHtml(item.Content, site.BaseUrl);
        return new PreparedTexts(body, HtmlCleaner.ToText(body), item.Comments.ToDictionary(c => c, PreparedComment.Of));
    }
}

/// <summary>The clean text of a comment, as HTML and without, and its digest.</summary>
internal sealed record PreparedComment(string Body, string BodyText, long TextHash)
{
    public static PreparedComment Of(WxrComment comment)
    {
        var body = HtmlCleaner.CleanComment(comment.Content);
        var text = HtmlCleaner.ToText(body);
        return new PreparedComment(body, text, CommentText.Hash(text));
    }
}

/// <summary>A record of a file, and of a post its texts.</summary>
internal sealed record PreparedRecord(WxrRecord Record, PreparedTexts? Texts)
{
    // A batch is a few hundred; this keeps the reader busy while one is written.
    private const int Ahead = 64;

    /// <summary>
    /// Reads a file ahead of whoever writes it. Reading and cleaning take as long as writing, and nobody should wait for the
    /// writer meanwhile.
    /// </summary>
    public static async IAsyncEnumerable<PreparedRecord> ReadAsync(WxrSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = Channel.CreateBounded<PreparedRecord>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => ReadAheadAsync(source, ahead.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var record in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                yield return record;
            }
        }
        finally
        {
            // Whoever stops early must not close the file under the reader.
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task ReadAheadAsync(WxrSource source, ChannelWriter<PreparedRecord> ahead, CancellationToken cancellationToken)
    {
        try
        {
            SiteIdentity? site = null;
            foreach (var record in source.Read(cancellationToken))
            {
                site = record is WxrSite declared ? SiteIdentity.Of(declared, source.File) : site;
                await ahead.WriteAsync(new PreparedRecord(record, record is WxrItem item ? PreparedTexts.Of(site!, item) : null), cancellationToken);
            }

            ahead.Complete();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Told to the one who reads what was made ready.
            ahead.Complete(exception);
        }
    }
}
