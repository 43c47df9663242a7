using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Specifications;

/// <summary>Comments that are changed, removed, restored and liked.</summary>
public abstract partial class ActSpecification
{
    private const int Writers = 32;

    [Fact]
    public async Task A_removed_comment_leaves_the_counts_and_its_replies_begin_threads()
    {
        var (article, top, reply, deep) = await ThreadAsync();

        Assert.True(await _house.Act<RemoveComment>().RunAsync(reply.Id, CommentStatus.Trash, Token));

        Assert.Equal([new FeedNews(FeedEventKind.CommentRemoved, reply.Id, 2)], await _house.ToldAsync(FeedNames.OfArticle(article.Id)));
        Assert.Equal(2, (await _house.ReadAsync<Article>(article.Id)).CommentCount);
        Assert.Equal(0, (await _house.ReadAsync<Comment>(top.Id)).ReplyCount);
        Assert.Equal([top.Id, deep.Id], await ThreadStartsAsync());
    }

    [Fact]
    public async Task A_restored_comment_is_told_as_added_and_has_its_replies_again()
    {
        var (article, top, reply, _) = await ThreadAsync();
        await _house.Act<RemoveComment>().RunAsync(reply.Id, CommentStatus.Spam, Token);

        Assert.True(await _house.Act<RestoreComment>().RunAsync(reply.Id, Token));
        Assert.True(await _house.Act<RestoreComment>().RunAsync(reply.Id, Token));

        Assert.Equal(
            [new FeedNews(FeedEventKind.CommentRemoved, reply.Id, 2), new FeedNews(FeedEventKind.CommentAdded, reply.Id, 3)],
            await _house.ToldAsync(FeedNames.OfArticle(article.Id)));
        Assert.Equal((1, 1), ((await _house.ReadAsync<Comment>(top.Id)).ReplyCount, (await _house.ReadAsync<Comment>(reply.Id)).ReplyCount));
        Assert.Equal([top.Id], await ThreadStartsAsync());
    }

    [Fact]
    public async Task A_hidden_comment_moves_without_a_word()
    {
        var (article, top, _, _) = await ThreadAsync();
        await _house.Act<RemoveComment>().RunAsync(top.Id, CommentStatus.Pending, Token);
        await _house.Act<RemoveComment>().RunAsync(top.Id, CommentStatus.Spam, Token);

        await _house.Act<EditComment>().RunAsync(top.Id, "Better", Token);

        Assert.Single(await _house.ToldAsync(FeedNames.OfArticle(article.Id)));
        Assert.Equal((CommentStatus.Spam, 2), ((await _house.ReadAsync<Comment>(top.Id)).Status, (await _house.ReadAsync<Article>(article.Id)).CommentCount));
        Assert.Null(await _house.Act<LikeComment>().RunAsync(top.Id, Token));
    }

    [Fact]
    public async Task An_edited_comment_is_cleaned_and_told_unless_it_says_the_same()
    {
        var (article, top, _, _) = await ThreadAsync();
        var edit = _house.Act<EditComment>();

        var outcome = await edit.RunAsync(top.Id, "Better<script>alert(1)</script>", Token);
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await edit.RunAsync(top.Id, "Better", Token)).Errors);

        Assert.Empty(outcome.Errors);
        Assert.Equal([new FeedNews(FeedEventKind.CommentEdited, top.Id, 3)], await _house.ToldAsync(FeedNames.OfArticle(article.Id)));
        var stored = await _house.ReadAsync<Comment>(top.Id);
        Assert.Equal(("<p>Better</p>", "Better", CommentText.Hash("Better")), (stored.Body, stored.BodyText, stored.TextHash));
        Assert.Equal(_house.Clock.GetUtcNow().UtcDateTime.AddMinutes(-1), stored.EditedAt);
    }

    [Fact]
    public async Task An_edit_that_breaks_the_rules_changes_nothing()
    {
        var (article, top, _, _) = await ThreadAsync();
        var edit = _house.Act<EditComment>();

        Assert.IsType<CommentBodyMissingError>(Assert.Single((await edit.RunAsync(top.Id, "<p> </p>", Token)).Errors));
        Assert.Equal(new ValueTooLongError("body", 65_525), Assert.Single((await edit.RunAsync(top.Id, new string('x', 65_526), Token)).Errors));

        Assert.Empty(await _house.ToldAsync(FeedNames.OfArticle(article.Id)));
    }

    [Fact]
    public async Task Likes_of_many_readers_at_once_are_all_counted_and_told_in_order()
    {
        var (article, top, _, _) = await ThreadAsync();
        var like = _house.Act<LikeComment>();

        var likes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => like.RunAsync(top.Id, Token))).WaitAsync(Waiting.Limit);

        Assert.Equal(Enumerable.Range(1, Writers), likes.Select(l => l!.Value).Order());
        Assert.Equal(
            Enumerable.Range(1, Writers).Select(n => new FeedNews(FeedEventKind.CommentLiked, top.Id, n)),
            await _house.ToldAsync(FeedNames.OfArticle(article.Id)));
    }

    [Fact]
    public async Task Counts_stay_true_when_many_post_remove_and_restore_at_once()
    {
        var (article, top, reply, deep) = await ThreadAsync();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => (Task)((n % 4) switch
        {
            0 => _house.PostAsync(article.Id, $"Post {n}", top.Id),
            1 => _house.Act<RemoveComment>().RunAsync(reply.Id, CommentStatus.Trash, Token),
            2 => _house.Act<RestoreComment>().RunAsync(reply.Id, Token),
            _ => _house.Act<RemoveComment>().RunAsync(deep.Id, CommentStatus.Spam, Token),
        }))).WaitAsync(Waiting.Limit);

        var told = await _house.ToldAsync(FeedNames.OfArticle(article.Id));
        var visible = await _house.Storage.ReadAsync(db => db.ApprovedComments().ToListAsync());
        var counted = await _house.ReadAsync<Article>(article.Id);
        Assert.Equal((visible.Count, await ThreadsAsync(article.Id)), (counted.CommentCount, counted.ThreadCount));
        Assert.Equal(visible.Count(c => c.ParentId == top.Id), (await _house.ReadAsync<Comment>(top.Id)).ReplyCount);
        Assert.Equal(0, (await _house.ReadAsync<Comment>(reply.Id)).ReplyCount);

        // Whoever applies the events in order has the right count at every step.
        var count = 3L;
        Assert.All(told, e => Assert.Equal(count += e.Kind == FeedEventKind.CommentAdded ? 1 : -1, e.Count));
        Assert.Equal(visible.Count, count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Threads_are_counted_right_after_any_acts(int seed)
    {
        var random = new Random(seed);
        var (article, top, reply, deep) = await ThreadAsync();
        List<long> ids = [top.Id, reply.Id, deep.Id];
        for (var i = 0; i < 40; i++)
        {
            var id = ids[random.Next(ids.Count)];
            var visible = (await _house.ReadAsync<Comment>(id)).Status == CommentStatus.Approved;
            switch (random.Next(4))
            {
                case 0 when visible:
                    ids.Add((await _house.PostAsync(article.Id, $"Post {i}", id)).Comment!.Id);
                    break;
                case 1:
                    ids.Add((await _house.PostAsync(article.Id, $"Post {i}")).Comment!.Id);
                    break;
                case 2:
                    await _house.Act<RestoreComment>().RunAsync(id, Token);
                    break;
                default:
                    await _house.Act<RemoveComment>().RunAsync(id, i % 2 == 0 ? CommentStatus.Trash : CommentStatus.Pending, Token);
                    break;
            }

            Assert.Equal(await ThreadsAsync(article.Id), (await _house.ReadAsync<Article>(article.Id)).ThreadCount);
        }
    }

    private Task<int> ThreadsAsync(long articleId) => _house.Storage.ReadAsync(db => db.ThreadStarts().CountAsync(c => c.ArticleId == articleId));

    private Task<(Article Article, Comment Top, Comment Reply, Comment Deep)> ThreadAsync() => _house.GivenAsync(async news =>
    {
        var article = await news.ArticleAsync();
        var top = await news.CommentAsync(article);
        var reply = await news.CommentAsync(article, top);
        return (article, top, reply, await news.CommentAsync(article, reply));
    });

    private Task<List<long>> ThreadStartsAsync() =>
        _house.Storage.ReadAsync(db => db.ThreadStarts().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
}
