using System.Globalization;

namespace NewsGraph.Testing.Measuring;

/// <summary>A number and the most, or least, it may be.</summary>
public sealed record Measurement(string Name, double Value, double Target, string Unit, bool AtLeast = false)
{
    public bool IsMet => Math.Abs(Value - Target) < 1e-9 || (AtLeast ? Value > Target : Value < Target);
}

/// <summary>What the run prints.</summary>
public static class Report
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
            var target = string.Create(CultureInfo.InvariantCulture, $"{(m.AtLeast ? ">=" : "<=")} {m.Target:0.##} {m.Unit}");
            Console.WriteLine($"  {m.Name,-52} {measured,12} {target,12}  {(m.IsMet ? "met" : "MISSED")}");
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
