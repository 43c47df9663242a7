namespace NewsGraph.Gateway.Drill;

/// <summary>What one reader should have got and got.</summary>
/// <param name="Expected">How many events the feed has from the reader's start to the end.</param>
/// <param name="Received">How many came, repeated ones included.</param>
/// <param name="Missing">Expected ones that never came.</param>
/// <param name="Doubled">Ones that came although they had come before.</param>
/// <param name="OutOfOrder">Ones that came for the first time, but behind a later one.</param>
/// <param name="Unknown">Ones that the feed does not have.</param>
internal readonly record struct DeliveryTally(long Expected, long Received, long Missing, long Doubled, long OutOfOrder, long Unknown)
{
    /// <summary>Whether each expected event came once and in order, and nothing else.</summary>
    public bool IsPerfect => Missing == 0 && Doubled == 0 && OutOfOrder == 0 && Unknown == 0;

    /// <summary>Compares what was received with what was due.</summary>
    /// <param name="received">Each event's place in the feed, counted from the reader's start, in the order of arrival; negative for one the feed does not have.</param>
    /// <param name="expected">How many events the feed has. Later ones may come or not.</param>
    public static DeliveryTally Of(IReadOnlyList<int> received, int expected)
    {
        var seen = new HashSet<int>(received.Count);
        var highest = -1;
        long doubled = 0, outOfOrder = 0, unknown = 0, due = 0;
        foreach (var place in received)
        {
            if (place < 0)
            {
                unknown++;
            }
            else if (!seen.Add(place))
            {
                doubled++;
            }
            else
            {
                due += place < expected ? 1 : 0;
                outOfOrder += place < highest ? 1 : 0;
                highest = Math.Max(highest, place);
            }
        }

        return new DeliveryTally(expected, received.Count, expected - due, doubled, outOfOrder, unknown);
    }

    public static DeliveryTally operator +(DeliveryTally a, DeliveryTally b) => new(
        a.Expected + b.Expected,
        a.Received + b.Received,
        a.Missing + b.Missing,
        a.Doubled + b.Doubled,
        a.OutOfOrder + b.OutOfOrder,
        a.Unknown + b.Unknown);
}
