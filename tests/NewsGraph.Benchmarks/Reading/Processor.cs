using System.Runtime.InteropServices;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>Keeps threads on one core, so that the server and who asks it do not take each other's time.</summary>
internal static partial class Processor
{
    /// <summary>The core servers run on.</summary>
    public const int OfServers = 0;

    /// <summary>The core the requests come from.</summary>
    public const int OfLoad = 1;

    /// <summary>Does the asking on its core, on a thread of its own: the pool's may not stay on one.</summary>
    public static Task<T> OnLoadAsync<T>(Func<T> measure) => Task.Factory.StartNew(
        () =>
        {
            Stay(OfLoad);
            return measure();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // And with it the threads it starts.
    private static void Stay(int core)
    {
        var mask = 1UL << core;
        if (!OperatingSystem.IsLinux() || SetAffinity(0, sizeof(ulong), ref mask) != 0)
        {
            throw new InvalidOperationException($"This measurement needs Linux and a processor {core}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint size, ref ulong mask);
}
