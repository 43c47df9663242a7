using NewsGraph.Gateway.Related;

namespace NewsGraph.Tests.Related;

public sealed class RelatedListBytesTests
{
    [Fact]
    public void What_is_written_is_read_again_exactly()
    {
        string[] labels = ["Élections", "Twice", "Twice", "Wide 🗞", ""];
        List<RelatedPost> posts =
        [
            Post(long.MaxValue, 2.164043, labels[0], labels[3]),
            Post(1, 0.910239, labels[1], labels[2]),
            Post(300, 0, labels[4]),
        ];

        var read = RelatedListBytes.Read(RelatedListBytes.Write(posts, labels), 10);

        Assert.NotNull(read);
        Assert.Equal(posts.Select(Text), read.Select(Text));
        Assert.Equal(posts.Select(p => p.Score), read.Select(p => p.Score));
    }

    [Fact]
    public void More_than_a_full_list_keeps_is_not_answered_from_it()
    {
        var bytes = RelatedListBytes.Write([.. Enumerable.Range(1, RelatedList.Kept).Select(id => Post(id, 1, "tag"))], ["tag"]);

        Assert.Equal(RelatedList.Kept, RelatedListBytes.Read(bytes, RelatedList.Kept)?.Count);
        Assert.Null(RelatedListBytes.Read(bytes, RelatedList.Kept + 1));
    }

    [Fact]
    public void A_short_list_is_all_there_is()
    {
        var bytes = RelatedListBytes.Write([Post(2, 1, "tag"), Post(3, 1, "tag")], ["tag"]);

        Assert.Equal([2], RelatedListBytes.Read(bytes, 1)!.Select(p => p.ArticleId));
        Assert.Equal([2, 3], RelatedListBytes.Read(bytes, 50)!.Select(p => p.ArticleId));
        Assert.Empty(RelatedListBytes.Read(RelatedListBytes.Write([], []), 50)!);
    }

    private static RelatedPost Post(long id, double score, params string[] labels) =>
        new(id, score, [.. labels.Select(label => new RelatedReason(RelatedReasonKind.SharedTag, label))]);

    private static string Text(RelatedPost post) => $"{post.ArticleId} {string.Join('|', post.Reasons.Select(r => r.Label))}";
}
