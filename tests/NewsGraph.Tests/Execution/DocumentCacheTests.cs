using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Tests.Execution;

public sealed class DocumentCacheTests
{
    [Fact]
    public void A_flood_of_documents_used_once_does_not_push_out_the_one_in_use()
    {
        var cache = new DocumentCache(maxCount: 10, maxBytes: 10_000_000);
        cache.Add(Document("{ hot }"));
        Assert.NotNull(cache.Find("{ hot }"));

        for (var number = 0; number < 1000; number++)
        {
            cache.Add(Document($"{{ once{number} }}"));
        }

        Assert.NotNull(cache.Find("{ hot }"));
        Assert.True(cache.Count <= 10);
    }

    [Fact]
    public void The_bytes_are_bounded_too()
    {
        var one = Document("{ a }").EstimatedBytes;
        var cache = new DocumentCache(maxCount: 1000, maxBytes: one * 10);

        foreach (var name in "abcdefghijklmnop")
        {
            var text = $"{{ {name} }}";
            cache.Add(Document(text));
            cache.Find(text);
        }

        Assert.InRange(cache.Count, 1, 10);
    }

    [Fact]
    public void A_document_asked_for_again_outlives_older_ones_that_were_not()
    {
        var cache = new DocumentCache(maxCount: 10, maxBytes: 10_000_000);
        cache.Add(Document("{ a }"));
        cache.Add(Document("{ b }"));
        cache.Find("{ b }");

        cache.Add(Document("{ c }"));
        cache.Add(Document("{ d }"));

        Assert.Null(cache.Find("{ a }"));
        Assert.NotNull(cache.Find("{ b }"));
    }

    private static CachedDocument Document(string text) =>
        DocumentParser.TryParse(text, new GraphQLLimitsOptions(), out _)!;
}
