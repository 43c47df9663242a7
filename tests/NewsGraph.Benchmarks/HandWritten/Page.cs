namespace NewsGraph.Benchmarks.HandWritten;

/// <summary>The rows of an article page. Times are microseconds since 1970, as the database has them.</summary>
internal sealed record Page(
    ArticleRow Article, List<AuthorRow> Authors, List<TagRow> Tags, List<RelatedRow> Related, List<CommentRow> Threads, bool HasMoreThreads, int ThreadCount);

internal sealed record ArticleRow(
    long Id, string Title, string? Standfirst, string Body, long? PublishedAt, long ModifiedAt, string? Language, string? CanonicalUrl,
    int WordCount, int ReadingMinutes, ImageRow? Image, int CommentCount, bool CommentsOpen);

internal sealed record ImageRow(string Url, string? Alt, int? Width, int? Height);

internal sealed record AuthorRow(long Id, string Name, string Slug, string? Bio);

internal sealed record TagRow(long Id, string Name, string Slug, int ArticleCount)
{
    public double Weight { get; } = 1 / Math.Log(1 + Math.Max(2, ArticleCount));
}

internal sealed record RelatedRow(long Id, long? PublishedAt)
{
    public string Slug { get; set; } = "";

    public string Title { get; set; } = "";

    public double Score { get; set; }

    public List<TagRow> Shared { get; } = [];

    public List<string> Tags { get; } = [];
}

internal sealed record CommentRow(
    long Id, string AuthorName, string? AuthorUrl, string Body, long CreatedAt, long? EditedAt, int Depth, int LikeCount, int ReplyCount)
{
    public List<CommentRow> Replies { get; } = [];
}
