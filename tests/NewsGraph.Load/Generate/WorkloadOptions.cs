namespace NewsGraph.Load.Generate;

/// <summary>How much news there is, and which. The same options are the same bytes.</summary>
internal sealed record WorkloadOptions
{
    private const int ArticlesOfOne = 10_000;
    private const int CommentsOfOne = 100_000;

    /// <summary>Times the usual set.</summary>
    public int Scale { get; init; } = 1;

    public ulong Seed { get; init; } = 1;

    public int Articles { get; private init; } = ArticlesOfOne;

    public int Comments { get; private init; } = CommentsOfOne;

    public int Tags { get; init; } = 500;

    public int Authors { get; init; } = 40;

    /// <summary>Articles with many more comments than the others, one in each 10,000.</summary>
    public int HotArticles { get; private init; } = 1;

    public int CommentsOfHot { get; init; } = 5_000;

    /// <summary>A file is ended behind the article that fills it.</summary>
    public int FileBytes { get; init; } = 64 * 1024 * 1024;

    public static WorkloadOptions Of(int scale, ulong seed) => new()
    {
        Scale = scale,
        Seed = seed,
        Articles = ArticlesOfOne * scale,
        Comments = CommentsOfOne * scale,
        HotArticles = scale,
    };

    /// <summary>A set too small to measure anything with, for tests.</summary>
    public static WorkloadOptions Small(int articles, int comments, int commentsOfHot, ulong seed) => new()
    {
        Seed = seed,
        Articles = articles,
        Comments = comments,
        CommentsOfHot = commentsOfHot,
    };
}
