using System.Numerics;

namespace NewsGraph.Gateway.Drill;

/// <summary>
/// Counts durations in buckets that grow with them, so that any number of them needs the same little memory and a
/// percentile is at most 3 % too high. Not for concurrent use.
/// </summary>
internal sealed class LatencyHistogram
{
    // Below this many microseconds each has a bucket; above, every doubling is cut into this many.
    private const int Fineness = 32;
    private const int FinenessBits = 5;

    private long[] _buckets = [];

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, exactly.</summary>
    public TimeSpan Max { get; private set; }

    public void Record(TimeSpan duration)
    {
        var bucket = BucketOf((long)Math.Max(0, duration.TotalMicroseconds));
        if (bucket >= _buckets.Length)
        {
            Array.Resize(ref _buckets, bucket + Fineness);
        }

        _buckets[bucket]++;
        Count++;
        Max = duration > Max ? duration : Max;
    }

    /// <summary>Takes another's durations in.</summary>
    public void Add(LatencyHistogram other)
    {
        if (other._buckets.Length > _buckets.Length)
        {
            Array.Resize(ref _buckets, other._buckets.Length);
        }

        for (var i = 0; i < other._buckets.Length; i++)
        {
            _buckets[i] += other._buckets[i];
        }

        Count += other.Count;
        Max = other.Max > Max ? other.Max : Max;
    }

    /// <summary>The duration that this share of all did not exceed; zero when there is none.</summary>
    /// <param name="share">0 to 1; 0.99 for the 99th percentile.</param>
    public TimeSpan Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= rank)
            {
                var most = TimeSpan.FromMicroseconds(MostOf(i));
                return most < Max ? most : Max;
            }
        }

        return Max;
    }

    private static int BucketOf(long microseconds)
    {
        if (microseconds < Fineness)
        {
            return (int)microseconds;
        }

        var shift = BitOperations.Log2((ulong)microseconds) - FinenessBits;
        return (shift * Fineness) + (int)(microseconds >> shift);
    }

    private static long MostOf(int bucket)
    {
        if (bucket < 2 * Fineness)
        {
            return bucket;
        }

        var shift = (bucket / Fineness) - 1;
        return ((bucket - (shift * Fineness) + 1L) << shift) - 1;
    }
}
