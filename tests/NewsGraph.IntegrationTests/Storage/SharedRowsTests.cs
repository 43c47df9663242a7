using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Tags;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Storage;

/// <summary>Tags are read again and again: equal rows are one object, and never one that was.</summary>
public sealed class SharedRowsTests
{
    private static readonly Query<IEnumerable<long>, Tag> ById =
        Query.Of((NewsContext db, IEnumerable<long> ids) => db.Set<Tag>().Where(t => ids.Contains(t.Id)));

    [Fact]
    public async Task A_row_that_is_as_it_was_is_the_same_object()
    {
        await using var storage = await TestStorage.StartAsync();
        await storage.WriteAsync(scope => new SampleNews(scope.Db).TagAsync("Élections"), Token);

        Assert.Same(await ReadAsync(storage), await ReadAsync(storage));
    }

    [Theory]
    [InlineData("UPDATE tags SET \"Name\" = 'Vote'")]
    [InlineData("UPDATE tags SET \"Slug\" = 'vote'")]
    [InlineData("UPDATE tags SET \"Description\" = 'All of them.'")]
    [InlineData("UPDATE tags SET \"ArticleCount\" = 7")]
    public async Task A_row_that_changed_in_anything_is_read_anew(string change)
    {
        await using var storage = await TestStorage.StartAsync();
        await storage.WriteAsync(scope => new SampleNews(scope.Db).TagAsync("Élections"), Token);
        var before = await ReadAsync(storage);

#pragma warning disable EF1002 // The test's own text.
        await storage.WriteAsync(scope => scope.Db.Database.ExecuteSqlRawAsync(change), Token);
#pragma warning restore EF1002
        var after = await ReadAsync(storage);

        Assert.NotSame(before, after);
        Assert.Equal(await storage.ReadAsync(db => db.Set<Tag>().Select(t => $"{t.Name} {t.Slug} {t.Description} {t.ArticleCount}").SingleAsync()),
            $"{after.Name} {after.Slug} {after.Description} {after.ArticleCount}");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<Tag> ReadAsync(TestStorage storage) =>
        Assert.Single(await storage.Reader.ReadAsync(ById, [1L], cancellationToken: Token));
}
