using System.Globalization;
using System.Text.Json;
using NewsGraph.Testing.Measuring;

namespace NewsGraph.Benchmarks.Allocating;

/// <summary>
/// The committed figures, <c>results/allocations.json</c>: bytes for a request by build and page. CI compares with them, because
/// they repeat on every machine; times do not.
/// </summary>
internal static class AllocationRecord
{
    /// <summary>How much more than the record is still the same.</summary>
    public const double Tolerance = 0.05;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>What is wrong, a line each; empty when nothing is.</summary>
    public static IEnumerable<string> Compare(string file, IReadOnlyList<PageAllocation> measured)
    {
        var record = Read(file).GetValueOrDefault(Machine.Configuration) ?? [];
        foreach (var page in measured)
        {
            if (!record.TryGetValue(page.Page, out var known))
            {
                yield return $"{page.Page}: no figure is recorded for a {Machine.Configuration} build. {HowToUpdate}";
            }
            else if (page.PerOperation > known * (1 + Tolerance))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{page.Page}: {page.PerOperation:0} bytes are allocated for a request, {100 * ((page.PerOperation / known) - 1):0.0} % more than the recorded {known}. Where that is meant: {HowToUpdate}");
            }
        }
    }

    /// <summary>What got better and should be kept, a line each.</summary>
    public static IEnumerable<string> Better(string file, IReadOnlyList<PageAllocation> measured)
    {
        var record = Read(file).GetValueOrDefault(Machine.Configuration) ?? [];
        return from page in measured
               let known = record.GetValueOrDefault(page.Page)
               where page.PerOperation < known * (1 - Tolerance)
               select string.Create(CultureInfo.InvariantCulture, $"{page.Page}: {page.PerOperation:0} bytes, less than the recorded {known}. Keep it: {HowToUpdate}");
    }

    /// <summary>Writes what was measured over what is recorded for this build.</summary>
    public static void Update(string file, IReadOnlyList<PageAllocation> measured)
    {
        var all = Read(file);
        all[Machine.Configuration] = new(measured.Select(p => KeyValuePair.Create(p.Page, (long)Math.Round(p.PerOperation))).ToDictionary(), StringComparer.Ordinal);
        File.WriteAllText(file, JsonSerializer.Serialize(all, Json) + "\n");
    }

    private static string HowToUpdate =>
        $"dotnet run -c {Machine.Configuration} --project tests/NewsGraph.Benchmarks -- allocations --update";

    private static SortedDictionary<string, SortedDictionary<string, long>> Read(string file) => File.Exists(file)
        ? JsonSerializer.Deserialize<SortedDictionary<string, SortedDictionary<string, long>>>(File.ReadAllText(file))!
        : new(StringComparer.Ordinal);
}
