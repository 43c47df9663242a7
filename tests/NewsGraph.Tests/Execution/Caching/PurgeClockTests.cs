using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Tests.Execution.Caching;

public sealed class PurgeClockTests
{
    private static readonly DataTag Tag = DataTag.Of("Comment", "ArticleId", 42);

    [Fact]
    public void A_result_is_true_until_one_of_its_tags_is_purged()
    {
        var clock = new PurgeClock();
        var since = clock.Now;

        clock.Purge([DataTag.Of("Comment", "ArticleId", 43)]);
        Assert.True(clock.IsTrue(since, [Tag.Value]));

        clock.Purge([Tag]);
        Assert.False(clock.IsTrue(since, [Tag.Value]));
        Assert.True(clock.IsTrue(clock.Now, [Tag.Value]));
    }

    [Fact]
    public void What_is_forgotten_of_old_purges_never_makes_an_old_result_true()
    {
        var clock = new PurgeClock(maxTags: 100);
        var old = clock.Now;
        clock.Purge([Tag]);

        for (var other = 0; other < 10_000; other++)
        {
            clock.Purge([DataTag.Of("Article", "Id", other)]);
            Assert.False(clock.IsTrue(old, [Tag.Value]));
        }

        Assert.True(clock.IsTrue(clock.Now, [Tag.Value]));
    }

    [Fact]
    public void Tags_are_the_same_in_every_process()
    {
        Assert.Equal(DataTag.Of("Comment", "ArticleId", 42), Tag);
        Assert.NotEqual(DataTag.Of("Comment", "ArticleId", "42"), Tag);
        Assert.NotEqual(DataTag.Of("Comment", "ParentId", 42), Tag);

        // Stored and sent: another number needs another format in ChangeSet.
        Assert.Equal(9529515703053936468UL, Tag.Value);
    }
}
