namespace NewsGraph.Load.Generate;

/// <summary>Numbers that look random and are the same for the same seed on every machine and runtime (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Dice of its own for one thing of many, so that the thing does not depend on those before it.</summary>
    public static Dice For(ulong seed, long number) => new(Mix(seed) ^ Mix((ulong)number + 0x632BE59BD9B4E019));

    /// <summary>A number from 0, below the bound.</summary>
    public int Below(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>A number from the least to the most.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>A number from 0, below 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
