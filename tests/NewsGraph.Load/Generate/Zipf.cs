namespace NewsGraph.Load.Generate;

/// <summary>Ranks drawn by Zipf's law: the second half as often as the first, the third a third as often …</summary>
internal sealed class Zipf
{
    private readonly double[] _sums;

    public Zipf(int ranks)
    {
        _sums = new double[ranks];
        var sum = 0.0;
        for (var rank = 0; rank < ranks; rank++)
        {
            _sums[rank] = sum += 1.0 / (rank + 1);
        }
    }

    /// <summary>A rank from 0, the most popular.</summary>
    public int Draw(Dice dice)
    {
        var found = Array.BinarySearch(_sums, dice.Share() * _sums[^1]);
        return Math.Min(found < 0 ? ~found : found + 1, _sums.Length - 1);
    }
}
