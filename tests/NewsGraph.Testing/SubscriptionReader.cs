using System.Text;
using System.Threading.Channels;
using NewsGraph.Engine.Execution;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing;

/// <summary>Reads a subscription without a transport, with a limit on every wait.</summary>
public sealed class SubscriptionReader : ISubscriptionSink, IAsyncDisposable
{
    private readonly Channel<SubscriptionEvent> _events = Channel.CreateUnbounded<SubscriptionEvent>();
    private readonly CancellationTokenSource _stop = new();
    private readonly ISubscription _subscription;
    private readonly Task _running;
    private readonly int _room;
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSource();

    /// <summary>Begins to read.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="room">How many results may wait before this reader says that it is not ready.</param>
    public SubscriptionReader(ISubscription subscription, int room = int.MaxValue)
    {
        _subscription = subscription;
        _room = room;
        _running = RunAsync();
    }

    /// <summary>How many results wait.</summary>
    public int Queued => _events.Reader.Count;

    /// <summary>Whether the subscription has ended.</summary>
    public bool HasEnded => _running.IsCompleted;

    public bool IsReady => Queued < _room;

    public void OnNext(in SubscriptionEvent item)
    {
        _events.Writer.TryWrite(item);
        Change();
    }

    public async Task WhenReadyAsync()
    {
        while (!IsReady)
        {
            await ChangedAsync(() => !IsReady);
        }
    }

    /// <summary>The next result, or null when there are no more.</summary>
    public async Task<SubscriptionEvent?> NextAsync()
    {
        if (!await _events.Reader.WaitToReadAsync().AsTask().WaitAsync(Waiting.Limit) || !_events.Reader.TryRead(out var item))
        {
            return null;
        }

        Change();
        return item;
    }

    /// <summary>The next result's text, or null when there are no more.</summary>
    public async Task<string?> TextAsync() => await NextAsync() is { } item ? Encoding.UTF8.GetString(item.Json.Span) : null;

    /// <summary>Waits until there is no room.</summary>
    public async Task FullAsync()
    {
        while (IsReady)
        {
            await ChangedAsync(() => IsReady).WaitAsync(Waiting.Limit);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Waiting.Limit);
        await _subscription.DisposeAsync();
        _stop.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        await _subscription.RunAsync(this, _stop.Token);
        _events.Writer.TryComplete();
    }

    private Task ChangedAsync(Func<bool> stillWaits)
    {
        lock (_gate)
        {
            return stillWaits() ? _changed.Task : Task.CompletedTask;
        }
    }

    private void Change()
    {
        lock (_gate)
        {
            _changed.TrySetResult();
            _changed = NewSource();
        }
    }
}
