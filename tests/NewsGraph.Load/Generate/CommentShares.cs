namespace NewsGraph.Load.Generate;

/// <summary>
/// How many comments each article gets. The hot ones get what the options say; the others share the rest unevenly, as readers
/// do: most get a few, some many. The sum is exactly the number asked for.
/// </summary>
internal sealed class CommentShares
{
    private readonly WorkloadOptions _options;
    private readonly int _every;
    private readonly double _total;
    private readonly long _rest;
    private double _sum;
    private long _given;
    private int _number;

    public CommentShares(WorkloadOptions options)
    {
        _options = options;
        _every = options.Articles / options.HotArticles;
        _rest = options.Comments - ((long)options.HotArticles * options.CommentsOfHot);
        for (var number = 1; number <= options.Articles; number++)
        {
            _total += Weight(number);
        }
    }

    /// <summary>The next article's; in their order.</summary>
    public int Next()
    {
        _number++;
        if (IsHot(_number))
        {
            return _options.CommentsOfHot;
        }

        _sum += Weight(_number);
        var due = (long)Math.Round(_rest * (_sum / _total));
        var share = (int)(due - _given);
        _given = due;
        return share;
    }

    // A fraction, because logarithms differ between machines in their last bit.
    private double Weight(int number)
    {
        var share = Dice.For(_options.Seed ^ 0x5EED, number).Share();
        return IsHot(number) ? 0 : (1 - share) / (share + 0.1);
    }

    // In the middle of its ten thousand, so neither among the newest nor among the oldest.
    private bool IsHot(int number) => number % _every == _every / 2;
}
