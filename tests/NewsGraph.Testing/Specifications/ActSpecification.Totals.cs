using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Specifications;

public abstract partial class ActSpecification
{
    [Fact]
    public async Task The_number_of_public_articles_is_kept_through_every_act()
    {
        var ids = await _house.GivenAsync(async news =>
        {
            List<long> made = [];
            foreach (var status in Enum.GetValues<ArticleStatus>())
            {
                made.Add((await news.ArticleAsync(a => a.Status = status)).Id);
            }

            return made;
        });
        await AssertTotalAsync(1);
        foreach (var id in ids)
        {
            await _house.Act<PublishArticle>().RunAsync(id, Token);
            await _house.Act<PublishArticle>().RunAsync(id, Token);
        }

        await AssertTotalAsync(ids.Count);
        foreach (var id in ids.Skip(2))
        {
            await _house.Act<WithdrawArticle>().RunAsync(id, ArticleStatus.Draft, Token);
            await _house.Act<WithdrawArticle>().RunAsync(id, ArticleStatus.Scheduled, Token);
        }

        Assert.False(await _house.Act<PublishArticle>().RunAsync(4711, Token));
        await AssertTotalAsync(2);
    }

    [Fact]
    public async Task Acts_side_by_side_count_every_article_that_comes_and_goes_once()
    {
        var ids = await _house.GivenAsync(async news =>
        {
            var tags = new[] { await news.TagAsync("A"), await news.TagAsync("B") };
            List<long> made = [];
            for (var i = 0; i < 24; i++)
            {
                made.Add((await news.ArticleAsync(a => a.Status = i < 12 ? ArticleStatus.Published : ArticleStatus.Draft, tags)).Id);
            }

            return made;
        });

        // Each twice: of two that do the same, one finds it done.
        await Task.WhenAll(ids.Concat(ids).Select((id, place) => Task.Run(() => place % ids.Count < 12
            ? _house.Act<WithdrawArticle>().RunAsync(id, ArticleStatus.Trash, Token)
            : _house.Act<PublishArticle>().RunAsync(id, Token)))).WaitAsync(Waiting.Limit);
        await AssertTotalAsync(12);

        // And now some that undo what others do.
        await Task.WhenAll(ids.Concat(ids).Select((id, place) => Task.Run(() => place % 3 == 0
            ? _house.Act<WithdrawArticle>().RunAsync(id, ArticleStatus.Trash, Token)
            : _house.Act<PublishArticle>().RunAsync(id, Token)))).WaitAsync(Waiting.Limit);
        await AssertTotalAsync(null);
    }

    [Fact]
    public async Task What_is_kept_of_public_articles_is_made_of_those_that_are_there_when_the_tables_change()
    {
        await _house.GivenAsync(async news =>
        {
            var (ada, tag) = (await news.AuthorAsync("Ada"), await news.TagAsync("A"));
            for (var i = 0; i < 6; i++)
            {
                await news.ArticleAsync(
                    article =>
                    {
                        article.Status = i < 4 ? ArticleStatus.Published : ArticleStatus.Private;
                        article.Authors.Add(ada);
                    },
                    tag);
            }

            return true;
        });
        await using (var db = _house.Storage.Databases.CreateDbContext())
        {
            await db.Database.MigrateAsync("TagsOfArticles");
            await db.Database.MigrateAsync();
        }

        await AssertTotalAsync(4);
        var links = await _house.Storage.ReadAsync(db => db.Set<ArticleAuthor>().OrderBy(l => l.ArticleId).Select(l => l.ListedAt).ToListAsync());
        var articles = await _house.Storage.ReadAsync(db => db.Set<Article>().OrderBy(a => a.Id).ToListAsync());
        Assert.Equal(articles.Select(a => a.Status == ArticleStatus.Published ? a.PublishedAt : null), links);
    }

    // What is kept is what there is, and, if given, so many.
    private async Task AssertTotalAsync(int? expected)
    {
        var there = await _house.Storage.ReadAsync(db => db.Set<Article>().CountAsync(Article.IsPublic));
        Assert.Equal(there, await _house.Storage.ReadAsync(db => db.Set<ArticleTotals>().Select(t => t.PublicCount).SingleAsync()));
        Assert.Equal(expected ?? there, there);
    }
}
