using System.Globalization;
using System.Text;

namespace NewsGraph.Load.Generate;

/// <summary>A tag of the set.</summary>
internal sealed record GeneratedTag(string Slug, string Name);

/// <summary>A comment; numbers are unique in the set, and the parent's is smaller.</summary>
internal sealed record GeneratedComment(long Id, long ParentId, int Depth, string Author, DateTime At, string Body);

/// <summary>An article with its comments.</summary>
internal sealed record GeneratedArticle(
    int Number, string Slug, string Title, string Standfirst, string Body, string Author, DateTime At,
    IReadOnlyList<GeneratedTag> Tags, IReadOnlyList<GeneratedComment> Comments);

/// <summary>
/// The yardstick's news: bodies of 3 KB, 3 to 8 tags drawn by Zipf's law, comments of which 30 % answer another down to the
/// third level, and a hot article in every ten thousand. Everything follows from the options.
/// </summary>
internal sealed class Workload
{
    public const double ShareOfReplies = 0.3;
    public const int Deepest = 3;
    private const int BodyBytes = 3_072;
    private static readonly DateTime Newest = new(2026, 11, 1, 6, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);

    private readonly WorkloadOptions _options;
    private readonly Words _words;
    private readonly Zipf _popularity;

    public Workload(WorkloadOptions options)
    {
        _options = options;
        _words = new Words(options.Seed);
        _popularity = new Zipf(options.Tags);
        var dice = Dice.For(options.Seed, -2);
        Tags = [.. Enumerable.Range(1, options.Tags).Select(i => new GeneratedTag(Invariant($"tag-{i}"), Invariant($"{_words.Name(dice, 1)} {i}")))];
        Authors = [.. Enumerable.Range(1, options.Authors).Select(_ => _words.Name(dice, 2))];
    }

    /// <summary>The most popular first.</summary>
    public IReadOnlyList<GeneratedTag> Tags { get; }

    public IReadOnlyList<string> Authors { get; }

    /// <summary>The articles, oldest first, as a site exports them.</summary>
    public IEnumerable<GeneratedArticle> Articles()
    {
        var shares = new CommentShares(_options);
        var threads = new Threads(_words);
        for (var number = 1; number <= _options.Articles; number++)
        {
            var dice = Dice.For(_options.Seed, number);
            var at = Newest - (Apart * (_options.Articles - number));
            var title = _words.Title(dice);
            var standfirst = new StringBuilder();
            _words.Sentence(standfirst, dice, dice.Between(14, 22));
            yield return new GeneratedArticle(
                number, Invariant($"story-{number}"), title, standfirst.ToString(), Body(dice), Invariant($"author-{dice.Below(Authors.Count) + 1}"), at,
                Draw(dice), threads.Write(dice, shares.Next(), at));
        }
    }

    private List<GeneratedTag> Draw(Dice dice)
    {
        var drawn = new List<GeneratedTag>();
        for (var count = Math.Min(dice.Between(3, 8), Tags.Count); drawn.Count < count;)
        {
            var tag = Tags[_popularity.Draw(dice)];
            if (!drawn.Contains(tag))
            {
                drawn.Add(tag);
            }
        }

        return drawn;
    }

    // As the block editor stores it, with the markup that prose has.
    private string Body(Dice dice)
    {
        var body = new StringBuilder(BodyBytes + 256);
        var bytes = 0;
        for (var counted = 0; bytes < BodyBytes; counted = body.Length)
        {
            if (counted > 0 && dice.Below(5) == 0)
            {
                body.Append("<h2>").Append(_words.Title(dice)).Append("</h2>\n");
            }

            body.Append("<p>");
            for (var sentences = dice.Between(2, 4); sentences > 0; sentences--)
            {
                _words.Sentence(body, dice, dice.Between(8, 20));
                body.Append(' ');
            }

            body.Append(dice.Below(3) switch
            {
                0 => Invariant($"“<em>{_words.Title(dice)}</em>”</p>\n"),
                1 => Invariant($"<a href=\"https://news.example/{dice.Below(1_000_000)}\">{_words.Title(dice)}</a> &amp; more</p>\n"),
                _ => Invariant($"{_words.Title(dice)}</p>\n"),
            });
            bytes += Encoding.UTF8.GetByteCount(body.ToString(counted, body.Length - counted));
        }

        return body.ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
