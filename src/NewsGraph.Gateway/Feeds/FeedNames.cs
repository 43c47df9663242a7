using System.Globalization;

namespace NewsGraph.Gateway.Feeds;

/// <summary>The names of the feeds. They are stored, and they are the bus's topics.</summary>
public static class FeedNames
{
    /// <summary>Which articles readers can read.</summary>
    public const string Articles = "articles";

    /// <summary>What readers may know of one article's comments.</summary>
    public static string OfArticle(long articleId) => string.Create(CultureInfo.InvariantCulture, $"article:{articleId}");
}
