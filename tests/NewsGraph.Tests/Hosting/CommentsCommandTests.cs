using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Commands;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Tests.Hosting;

/// <summary><c>comments</c> on the command line.</summary>
public sealed class CommentsCommandTests
{
    [Fact]
    public async Task People_on_call_hide_show_close_and_open_and_readers_are_told()
    {
        await using var house = await ImportHouse.BuildAsync();
        await house.RunAsync(WxrFiles.Export(WxrFiles.Item(1, "A", slug: "one", extra: WxrFiles.Comment(1, 0, "rude"))));
        var comment = GlobalId.Format("Comment", (await house.CommentsAsync())[0].Id);

        Assert.Equal((0, ""), await RunAsync(house, "remove", comment));
        Assert.Equal((CommentStatus.Trash, 0), ((await house.CommentsAsync())[0].Status, (await house.ArticlesAsync())[0].CommentCount));
        Assert.Equal((0, ""), await RunAsync(house, "restore", comment));
        Assert.Equal((0, ""), await RunAsync(house, "close", "one"));
        Assert.False((await house.ArticlesAsync())[0].CommentsOpen);
        Assert.Equal((0, ""), await RunAsync(house, "open", "one"));

        await using var db = house.Open();
        Assert.Equal(
            [FeedEventKind.CommentRemoved, FeedEventKind.CommentAdded, FeedEventKind.CommentsClosed, FeedEventKind.CommentsOpened],
            await db.Set<FeedEvent>().Where(e => e.Feed == FeedNames.OfArticle(1)).OrderBy(e => e.Number).Select(e => e.Kind).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("remove", "rubbish")]
    [InlineData("remove", "QXJ0aWNsZTox")]
    [InlineData("restore", "Q29tbWVudDo5OQ==")]
    [InlineData("close", "nowhere")]
    public async Task What_is_not_there_is_named_and_the_others_are_done(string act, string name)
    {
        await using var house = await ImportHouse.BuildAsync();
        await house.RunAsync(WxrFiles.Export(WxrFiles.Item(1, "A", slug: "one", extra: WxrFiles.Comment(1, 0, "rude"))));
        var there = act == "close" ? "one" : GlobalId.Format("Comment", (await house.CommentsAsync())[0].Id);

        Assert.Equal((1, $"{name}: there is none{Environment.NewLine}"), await RunAsync(house, act, name, there));

        Assert.Equal(act == "close", !(await house.ArticlesAsync())[0].CommentsOpen);
        Assert.Equal(act == "remove" ? CommentStatus.Trash : CommentStatus.Approved, (await house.CommentsAsync())[0].Status);
    }

    private static async Task<(int Code, string Error)> RunAsync(ImportHouse house, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await GatewayCommands.RunAsync(["comments", .. arguments, $"--Storage:Directory={house.Directory}"], output, error);
        return (code, error.ToString());
    }
}
