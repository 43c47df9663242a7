using System.Globalization;

namespace NewsGraph.Benchmarks;

/// <summary>A number and the most it may be.</summary>
internal sealed record Measurement(string Name, double Value, double Most, string Unit)
{
    public bool IsMet => Value < Most || Math.Abs(Value - Most) < 1e-9;
}

/// <summary>What the run prints.</summary>
internal static class Report
{
    public static void Title(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
    }

    /// <summary>One detail under a title.</summary>
    public static void Line(string name, FormattableString value) =>
        Console.WriteLine($"  {name,-52} {value.ToString(CultureInfo.InvariantCulture)}");

    public static void Table(IEnumerable<Measurement> measurements)
    {
        Console.WriteLine($"  {"",-52} {"measured",12} {"target",12}");
        foreach (var m in measurements)
        {
            var measured = string.Create(CultureInfo.InvariantCulture, $"{m.Value:0.00} {m.Unit}");
            var target = string.Create(CultureInfo.InvariantCulture, $"{m.Most:0} {m.Unit}");
            Console.WriteLine($"  {m.Name,-52} {measured,12} {target,12}  {(m.IsMet ? "met" : "MISSED")}");
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
