using GraphQL;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Groups;

namespace NewsGraph.Gateway.Feeds;

/// <summary>What a field shows of a feed.</summary>
/// <param name="Feed">The feed's name; see <see cref="FeedNames"/>.</param>
public sealed record FeedView(string Feed)
{
    /// <summary>What of the field's arguments <see cref="Select"/> depends on. Default: nothing.</summary>
    public string Key { get; init; } = "";

    /// <summary>Turns what an event tells into what the field shows; null leaves the event out. Default: as it is.</summary>
    public Func<object, object?>? Select { get; init; }

    /// <summary>Whether the field's type can tell a <see cref="FeedReset"/>; where not, the request is refused with it. Default: yes.</summary>
    public bool ShowsReset { get; init; } = true;
}

/// <summary>A page of a feed.</summary>
/// <param name="Events">What its events tell, in order.</param>
/// <param name="Position">Where the next page begins.</param>
/// <param name="HasMore">Whether there is more behind it.</param>
public sealed record FeedPage(IReadOnlyList<object> Events, string Position, bool HasMore);

/// <summary>Opens feeds for fields, from the position the client names or from now on. Safe for concurrent use.</summary>
public sealed class FeedStreams(FeedHub hub, FeedLog log, FeedContents contents)
{
    /// <summary>The argument a client names a position by.</summary>
    public const string After = "after";

    /// <summary>Opens a feed for a subscription field; when the task completes, whatever is committed later is in it.</summary>
    /// <exception cref="ExecutionError">The position cannot be honoured.</exception>
    public async ValueTask<SharedStream> OpenAsync(IResolveFieldContext context, FeedView view)
    {
        // An EventSource that reconnects repeats its address with the position it began with; its header has the newer one.
        var after = Read(context.GetOperationRequest()?.ResumeAfter ?? context.GetArgument<string?>(After), view.Feed);
        var lease = await hub.HoldAsync(view.Feed, context.CancellationToken);
        try
        {
            var state = await log.StateAsync(view.Feed, context.CancellationToken);
            lease.Hint(state.Last);
            var (number, reset) = StartOf(after, view, state);
            return new SharedStream
            {
                Source = lease.Source,
                Key = view.Key,
                After = number,
                Known = state.Last,
                Prologue = reset is null ? null : new SourceEvent(number, reset, reset.Position),
                Select = view.Select,
                Release = lease.DisposeAsync,
            };
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a page for a query field; without a position an empty one that says where to begin.</summary>
    /// <exception cref="ExecutionError">The position cannot be honoured.</exception>
    public async Task<FeedPage> ReadAsync(IResolveFieldContext context, FeedView view, int limit)
    {
        var after = Read(context.GetArgument<string?>(After), view.Feed);
        var state = await log.StateAsync(view.Feed, context.CancellationToken);
        var (number, reset) = StartOf(after, view, state);
        if (reset is not null)
        {
            return new FeedPage([reset], reset.Position, HasMore: false);
        }

        var events = await log.ReadAsync(view.Feed, number, limit, context.CancellationToken);
        if (events.Count > 0 && events[0].Number != number + 1)
        {
            throw FeedErrors.Pruned();
        }

        var told = await contents.ReadAsync(events, context.CancellationToken);
        var last = events.Count > 0 ? events[^1].Number : number;
        return new FeedPage(
            [.. told.Select(e => e.Value is null || view.Select is null ? e.Value : view.Select(e.Value)).OfType<object>()],
            contents.PositionOf(view.Feed, last).ToString(),
            HasMore: last < state.Last);
    }

    private static FeedPosition? Read(string? text, string feed) =>
        text is null ? null
        : FeedPosition.TryParse(text, out var position) && position.Feed == feed ? position
        : throw FeedErrors.InvalidPosition(After);

    private (long Number, FeedReset? Reset) StartOf(FeedPosition? after, FeedView view, FeedState state)
    {
        if (after is not { } position)
        {
            return (state.Last, null);
        }

        var here = contents.PositionOf(view.Feed, state.Last);
        FeedResetReason? reason = position switch
        {
            _ when position.Epoch != here.Epoch => FeedResetReason.OtherEpoch,
            _ when position.Number > state.Last => FeedResetReason.Ahead,
            _ when position.Number < state.Pruned => FeedResetReason.TooOld,
            _ => null,
        };
        if (reason is null)
        {
            return (position.Number, null);
        }

        var reset = new FeedReset(here.ToString(), reason.Value);
        return view.ShowsReset ? (state.Last, reset) : throw FeedErrors.Reset(reset);
    }
}
