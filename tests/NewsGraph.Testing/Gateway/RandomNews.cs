using System.Globalization;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Testing.Gateway;

/// <summary>News of every kind there can be, the same for the same seed: hidden, protected, without this or that, in any order.</summary>
public static class RandomNews
{
    /// <summary>Fills an empty database.</summary>
    public static async Task FillAsync(NewsContext db, int seed, int articles = 45)
    {
        var random = new Random(seed);
        var news = new SampleNews(db);
        var tags = new List<Tag>();
        var authors = new List<Author>();
        for (var i = 0; i < 9; i++)
        {
            tags.Add(await news.TagAsync(string.Create(CultureInfo.InvariantCulture, $"Tag{i}")));
            authors.Add(await news.AuthorAsync(string.Create(CultureInfo.InvariantCulture, $"Author{i}")));
        }

        for (var i = 0; i < articles; i++)
        {
            var article = await news.ArticleAsync(a => Change(a, random, authors), [.. tags.Where((_, place) => random.Next(place + 2) == 0)]);
            await CommentAsync(news, random, article);
        }
    }

    private static void Change(Article article, Random random, List<Author> authors)
    {
        article.Status = random.Next(6) == 0 ? ArticleStatus.Draft : ArticleStatus.Published;
        article.IsProtected = random.Next(8) == 0;
        article.Title = string.Create(CultureInfo.InvariantCulture, $"Title {random.Next(20)} é");
        article.Standfirst = Maybe(random, "A standfirst.");
        article.Language = Maybe(random, "en");
        article.CanonicalUrl = Maybe(random, $"https://news.example/{article.Slug}");
        article.PublishedAt = SampleNews.Start.AddHours(random.Next(30));
        article.ModifiedAt = SampleNews.Start.AddMilliseconds(random.Next(1_000_000_000));
        article.Image = random.Next(2) == 0 ? null : new ArticleImage { Url = "https://news.example/a.jpg", Alt = Maybe(random, "A picture"), Width = random.Next(2) == 0 ? null : 640 };
        article.CommentsOpen = random.Next(4) != 0;
        article.Authors.AddRange(authors.Where(_ => random.Next(5) == 0));
    }

    private static async Task CommentAsync(SampleNews news, Random random, Article article)
    {
        var comments = new List<Comment>();
        for (var i = random.Next(12); i > 0; i--)
        {
            var parent = comments.Count > 0 && random.Next(2) == 0 ? comments[random.Next(comments.Count)] : null;
            var status = random.Next(5) == 0 ? CommentStatus.Trash : CommentStatus.Approved;
            comments.Add(await news.CommentAsync(article, parent, status));
        }
    }

    private static string? Maybe(Random random, string text) => random.Next(3) == 0 ? null : text;
}
