using System.Diagnostics;
using NewsGraph.Testing;
using NewsGraph.Testing.Measuring;

namespace NewsGraph.IntegrationTests.Speed;

/// <summary>The gate: times differ from machine to machine, allocated bytes do not.</summary>
public sealed class AllocationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task No_page_allocates_more_for_a_request_than_is_recorded()
    {
        var start = new ProcessStartInfo("dotnet", [Benchmarks, "allocations", "--check"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            var stop = TestContext.Current.CancellationToken;
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var problems = await process.StandardError.ReadToEndAsync(stop).WaitAsync(Limit, stop);
            await process.WaitForExitAsync(stop).WaitAsync(Limit, stop);

            TestContext.Current.TestOutputHelper?.WriteLine(await output);
            Assert.Equal("", problems);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Benchmarks => Path.Combine(
        Repository.Root, "tests", "NewsGraph.Benchmarks", "bin", Machine.Configuration, new DirectoryInfo(AppContext.BaseDirectory).Name, "NewsGraph.Benchmarks.dll");
}
