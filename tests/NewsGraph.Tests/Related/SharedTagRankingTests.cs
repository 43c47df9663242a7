using Microsoft.Extensions.Logging.Abstractions;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Related;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Tests.Related;

public sealed class SharedTagRankingTests
{
    private const int Self = 1;

    [Fact]
    public void A_rare_shared_tag_beats_a_newer_article()
    {
        var ranked = Run([new(1, "rare", 2), new(2, "common", 500)], [On(1, article: 10, day: 1), On(2, article: 11, day: 30)]);

        Assert.Equal([10, 11], ranked.Select(r => r.ArticleId));
        Assert.True(ranked[0].Score > ranked[1].Score);
    }

    [Fact]
    public void An_article_is_never_its_own_neighbour_and_none_comes_twice()
    {
        var ranked = Run(
            [new(1, "one", 5), new(2, "two", 3)],
            [On(1, Self, 9), On(1, 10, 1), On(2, Self, 9), On(2, 10, 1)]);

        var only = Assert.Single(ranked);
        Assert.Equal(10, only.ArticleId);
        Assert.Equal(["two", "one"], only.Reasons.Select(r => r.Label));
    }

    [Fact]
    public void Ties_go_to_the_newer_article_and_then_to_the_later_one()
    {
        var ranked = Run([new(1, "tag", 5)], [On(1, 10, 1), On(1, 11, 3), On(1, 12, 3), On(1, 13, 2)]);

        Assert.Equal([12, 11, 13, 10], ranked.Select(r => r.ArticleId));
    }

    [Fact]
    public void Equal_scores_are_ties_in_whatever_order_they_were_added()
    {
        // Tags carried by 2, 4 and 6 articles, met in one order by article 10 and in another by article 11.
        TagOfSelf[] tags = [new(1, "a", 2), new(2, "b", 4), new(3, "c", 6), new(4, "d", 2), new(5, "e", 4)];
        int[] firstOrder = [1, 2, 3], secondOrder = [3, 4, 5];
        foreach (var (older, newer) in new[] { (firstOrder, secondOrder), (secondOrder, firstOrder) })
        {
            var ranked = Run(tags, [.. older.Select(t => On(t, 10, 1)), .. newer.Select(t => On(t, 11, 2))]);

            Assert.Equal(ranked[0].Score, ranked[1].Score);
            Assert.Equal([11, 10], ranked.Select(r => r.ArticleId));
        }
    }

    [Fact]
    public void No_more_come_than_were_asked_for()
    {
        Candidate[] candidates = [On(1, 10, 1), On(1, 11, 2)];

        Assert.Single(Run([new(1, "tag", 2)], candidates, limit: 1));
        Assert.Empty(Run([new(1, "tag", 2)], candidates, limit: 0));
    }

    [Fact]
    public async Task Unpublished_articles_are_never_related()
    {
        await using var storage = await TestStorage.StartAsync();
        await storage.WriteAsync(async scope =>
        {
            var news = new SampleNews(scope.Db);
            var tag = await news.TagAsync("Tag");
            await news.ArticleAsync(tag);
            foreach (var status in Enum.GetValues<ArticleStatus>())
            {
                await news.ArticleAsync(a => a.Status = status, tag);
            }
        }, TestContext.Current.CancellationToken);
        var published = 2 + Array.IndexOf(Enum.GetValues<ArticleStatus>(), ArticleStatus.Published);

        await using var stored = new StoredRelatedPosts(storage.Writer, NullLogger<StoredRelatedPosts>.Instance);
        var related = await new FindRelatedPosts(storage.Reader, new NewestOfTags(storage.Reader), stored).RunAsync([1, 1, 999], 10, TestContext.Current.CancellationToken);

        Assert.Equal(published, Assert.Single(related[1]).ArticleId);
        Assert.Empty(related[999]);
    }

    private static List<RelatedPost> Run(TagOfSelf[] tags, Candidate[] candidates, int limit = 10) =>
        SharedTagRanking.Rank(Self, [.. tags.Select(tag => new CarriedTag(tag.Name, tag.ArticleCount, Newest(candidates, tag.Id)))], limit);

    private static TaggedArticles Newest(Candidate[] candidates, long tag)
    {
        var newest = candidates.Where(c => c.TagId == tag).OrderByDescending(c => c.PublishedAt).ThenByDescending(c => c.ArticleId).ToList();
        return new TaggedArticles([.. newest.Select(c => c.ArticleId)], [.. newest.Select(c => c.PublishedAt.Ticks)]);
    }

    private static Candidate On(long tag, long article, int day) => new(tag, article, SampleNews.Start.AddDays(day));

    private sealed record TagOfSelf(long Id, string Name, int ArticleCount);

    private sealed record Candidate(long TagId, long ArticleId, DateTime PublishedAt);
}
