using GraphQL;
using NewsGraph.Engine.Execution.Groups;

namespace NewsGraph.Testing.SampleSchema;

/// <summary>What an event of the subscription <c>numbers</c> tells.</summary>
public sealed record Told(int Number, string? Text);

/// <summary>A log in memory behind the subscription <c>numbers</c>, on which a test looks and which it makes fail.</summary>
public sealed class SampleSource : IEventSource
{
    private readonly Lock _gate = new();
    private readonly List<SourceEvent> _log = [];
    private readonly List<IEventListener> _listeners = [];
    private int _told;
    private int _reads;
    private int _held;

    /// <summary>How many pages were read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How many groups listen.</summary>
    public int Listeners
    {
        get
        {
            lock (_gate)
            {
                return _listeners.Count;
            }
        }
    }

    /// <summary>How many streams are open.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>The last number.</summary>
    public int Last
    {
        get
        {
            lock (_gate)
            {
                return _log.Count;
            }
        }
    }

    /// <summary>Whether events are not told as they happen, as if their bells were lost.</summary>
    public bool HoldsBack { get; set; }

    /// <summary>Thrown by the next readings.</summary>
    public Exception? ReadFailure { get; set; }

    /// <summary>Readings wait for it.</summary>
    public Task ReadGate { get; set; } = Task.CompletedTask;

    /// <summary>Changes what a replay tells; null for nothing.</summary>
    public Func<Told, Told?>? ToldAgain { get; set; }

    /// <summary>Adds the next event.</summary>
    /// <param name="text">What it tells beside its number.</param>
    /// <param name="hides">Whether it takes back what was told before.</param>
    public void Append(string? text = null, bool hides = false)
    {
        lock (_gate)
        {
            var number = _log.Count + 1;
            _log.Add(new SourceEvent(number, new Told(number, text), "p" + number, hides));
            if (!HoldsBack)
            {
                TellAll();
            }
        }
    }

    /// <summary>Adds events without text.</summary>
    public void AppendMany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Append();
        }
    }

    public long Add(IEventListener listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
            return _told;
        }
    }

    public void Remove(IEventListener listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
        }
    }

    public async Task<IReadOnlyList<SourceEvent>> ReadAsync(long after, int limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        await ReadGate.WaitAsync(cancellationToken);
        if (ReadFailure is { } failure)
        {
            throw failure;
        }

        lock (_gate)
        {
            return [.. _log.Skip((int)after).Take(limit).Select(item => item with { Value = ToldAgain is null ? item.Value : ToldAgain((Told)item.Value!) })];
        }
    }

    /// <summary>Tells what was held back.</summary>
    public void TellAll()
    {
        lock (_gate)
        {
            for (; _told < _log.Count; _told++)
            {
                _listeners.ForEach(listener => listener.OnEvent(_log[_told]));
            }
        }
    }

    internal SharedStream Open(IResolveFieldContext context)
    {
        Interlocked.Increment(ref _held);
        var after = context.GetArgument<int?>("after");
        var step = context.GetArgument<int?>("multiplesOf") ?? 1;
        var last = Last;
        return new SharedStream
        {
            Source = this,
            Key = $"{context.GetArgument<string?>("line")}/{step}",
            After = after is >= 0 ? after.Value : last,
            Known = last,
            Prologue = after < 0 ? new SourceEvent(last, new Told(0, "again"), "p" + last) : null,
            Select = told => ((Told)told).Number % step == 0 ? told : null,
            Release = () =>
            {
                Interlocked.Decrement(ref _held);
                return ValueTask.CompletedTask;
            },
        };
    }
}
