using System.Runtime.InteropServices;

namespace NewsGraph.Testing.Measuring;

/// <summary>Where the numbers come from.</summary>
public static class Machine
{
    /// <summary>How the measuring program was built, and so the servers with it: the build puts all below a folder of this name.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Processor, memory, load and runtime, in two lines.</summary>
    public static string Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return FormattableString.Invariant(
            $"""
            Machine: {Processor()}{Environment.ProcessorCount} cores, {memory:0.0} GiB of memory{Load()}
            Runtime: {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Configuration} build
            """);
    }

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? "" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() + ", ";
    }

    // Others at work on the machine make every time longer, so the reader must know.
    private static string Load()
    {
        const string Averages = "/proc/loadavg";
        return File.Exists(Averages) ? $", load before the run {File.ReadAllText(Averages).Split(' ')[0]}" : "";
    }
}
