using NewsGraph.Engine.Conventions.Errors;
using NewsGraph.Engine.Conventions.Nodes;

namespace NewsGraph.Gateway.Articles;

/// <summary>What a client is told that asks for articles it cannot have.</summary>
internal static class ArticleErrors
{
    /// <summary>There is no such article, or none that readers can read.</summary>
    public static RequestError NotFound() => new("There is no article with this id.", "ARTICLE_NOT_FOUND");

    /// <summary>Some of many articles are not there.</summary>
    public static RequestError NotFound(IEnumerable<long> ids) => new(
        "There is no article with one of these ids.",
        "ARTICLE_NOT_FOUND",
        new Dictionary<string, object?> { ["articleIds"] = ids.Select(id => GlobalId.Format(ArticleType.TypeName, id)).ToList() });

    /// <summary>More articles at a time than one subscription may follow.</summary>
    public static RequestError TooMany(int limit) => new($"At most {limit} articles can be followed at a time.", "TOO_MANY_ARTICLES");

    /// <summary>More tags at a time than one subscription may choose by.</summary>
    public static RequestError TooManyTags(int limit) => new($"At most {limit} tags can be followed at a time.", "TOO_MANY_TAGS");
}
