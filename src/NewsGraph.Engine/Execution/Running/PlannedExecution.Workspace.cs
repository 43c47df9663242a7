using GraphQL.DataLoader;
using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>What an execution needs while it runs, used again by the next one.</summary>
internal sealed partial class PlannedExecution
{
    // What a disposed execution works with: a context that was kept too long finds nothing, rather than another request's values.
    private static readonly Workspace Gone = new();

    [ThreadStatic]
    private static Workspace? _spare;

    private Workspace? _space;

    // Taken when it is first needed: what only opens a subscription needs none.
    private Workspace Space => _space ??= Take();

    private SlotTable Slots => Space.Slots;

    public void Dispose()
    {
        var space = Interlocked.Exchange(ref _space, Gone);
        if (space is not null && !ReferenceEquals(space, Gone) && space.TryReset())
        {
            _spare = space;
        }
    }

    private static Workspace Take()
    {
        var space = _spare ?? new Workspace();
        _spare = null;
        return space;
    }

    private readonly record struct Waiting(int Slot, FieldPlan Field, ValueShape Shape, IDataLoaderResult? Result);

    private readonly record struct Running(Waiting Target, Task<object?> Task);

    private sealed class Workspace
    {
        private const int MaxKept = 4096;

        public SlotTable Slots { get; } = new();

        /// <summary>Loaders' results that nobody has asked for yet.</summary>
        public List<Waiting> Waiting { get; private set; } = [];

        /// <summary>Those that are being asked for.</summary>
        public List<Waiting> Started { get; private set; } = [];

        /// <summary>What is awaited.</summary>
        public List<Running> Running { get; } = [];

        public void Start() => (Started, Waiting) = (Waiting, Started);

        public bool TryReset()
        {
            var isSmall = Waiting.Capacity <= MaxKept && Started.Capacity <= MaxKept && Running.Capacity <= MaxKept;
            Waiting.Clear();
            Started.Clear();
            Running.Clear();
            return Slots.TryReset() && isSmall;
        }
    }
}
