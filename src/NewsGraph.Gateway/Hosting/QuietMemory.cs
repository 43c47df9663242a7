using Microsoft.Extensions.Options;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Hosting;

/// <summary>
/// Gives memory back to the system when nobody waits: what only the start needed, and what a surge left behind. The
/// runtime does so only while it collects, and a quiet process does not collect. For a process of its own; several
/// gateways in one would stop each other.
/// </summary>
internal sealed class QuietMemory : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly DatabaseSetup _database;
    private readonly long _largestHeap;
    private readonly SurgeWatch _watch;
    private readonly ITimer _timer;
    private int _looking;

    private QuietMemory(DatabaseSetup database, MemoryOptions options, TimeProvider clock)
    {
        _database = database;
        _largestHeap = options.CompactedBytes;
        GiveBack();
        _watch = new SurgeWatch(Pause, GC.GetTotalAllocatedBytes());
        _timer = clock.CreateTimer(static state => ((QuietMemory)state!).Look(), this, Pause, Pause);
    }

    /// <summary>Gives back what the start has left, and watches from now on.</summary>
    public static QuietMemory Start(IServiceProvider services) => new(
        services.GetRequiredService<DatabaseSetup>(),
        services.GetRequiredService<IOptions<MemoryOptions>>().Value,
        services.GetRequiredService<TimeProvider>());

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Interlocked.Exchange(ref _looking, 1) == 1)
        {
            return;
        }

        if (_watch.IsOver(GC.GetTotalAllocatedBytes()) && GC.GetGCMemoryInfo().HeapSizeBytes <= _largestHeap)
        {
            GiveBack();
        }

        Volatile.Write(ref _looking, 0);
    }

    private void GiveBack()
    {
        _database.GiveBack();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
