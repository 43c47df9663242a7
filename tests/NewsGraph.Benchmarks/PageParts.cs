namespace NewsGraph.Benchmarks;

/// <summary>Parts of the article page, to tell where its time goes.</summary>
internal static class PageParts
{
    public static readonly IReadOnlyList<(string Name, string Query)> All =
    [
        ("no field of the database", "{ __typename }"),
        ("the article alone", Article("title body")),
        ("the article and its tags", Article("title body tags { id name slug }")),
        ("the article and what is related", Article("title body relatedPosts(first: 5) { score article { title tags { name } } }")),
        ("the article and its comments", Article("title body comments(first: 20) { nodes { id body replies(first: 3) { nodes { id body } totalCount } } totalCount }")),
    ];

    private static string Article(string fields) => $"query Part($slug: String!) {{ articleBySlug(slug: $slug) {{ {fields} }} }}";
}
