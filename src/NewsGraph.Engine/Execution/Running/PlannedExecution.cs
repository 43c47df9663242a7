using System.Collections;
using System.Diagnostics.CodeAnalysis;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Execution;
using GraphQLParser.AST;
using NewsGraph.Engine.Execution.Json;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>
/// One execution of a planned operation. Breadth first: all fields of a level are resolved before any loader runs, so
/// that loaders see every key of the level. One thread at a time; only what resolvers start runs beside it.
/// </summary>
/// <param name="request">What to execute.</param>
/// <param name="cancellationToken">Ends the execution; what runs already is waited for.</param>
internal sealed partial class PlannedExecution(ExecutionRequest request, CancellationToken cancellationToken) : IDisposable
{
    private const int RootSlot = 0;

    private FieldContext? _context;
    private object? _event;

    /// <summary>Executes a query or a mutation and writes its <c>data</c>; errors are found in <see cref="ErrorsFound"/>.</summary>
    /// <param name="output">Where to write.</param>
    public ValueTask RunAsync(JsonBuffer output) =>
        Operation.Operation == OperationType.Mutation ? RunSeriallyAsync(output) : RunAsync(output, null);

    /// <summary>Executes the selection of a subscription for one event.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="value">The event: the source of the root field.</param>
    public async ValueTask RunAsync(JsonBuffer output, object? value)
    {
        AddRoot();
        _event = value;
        Slots.Enqueue(RootSlot);
        await SettleAsync();
        WriteData(output);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is thrown once more, and told, where the field is written.")]
    private static bool IsThere(FieldPlan field, object? source)
    {
        if (field.Writer is not { } writer)
        {
            return false;
        }

        try
        {
            return writer.IsThere(source);
        }
        catch (Exception)
        {
            return true;
        }
    }

    private static bool MayLookAgain(object? value) => value switch
    {
        null or string => false,
        IReadyResult ready => ready.KeepsContext,
        IDataLoaderResult => true,
        _ => value is IEnumerable and not ICollection,
    };

    private void AddRoot()
    {
        var root = Input.Plan.Root;
        Slots.Add(1, SlotTable.NoParent);
        var start = Slots.Add(root.Resolved.Length, RootSlot);
        Slots[RootSlot] = new Slot
        {
            Parent = SlotTable.NoParent,
            State = SlotState.Object,
            Value = RootValue,
            Selection = root,
            Start = start,
        };
    }

    // Each root field is finished, and written, before the next one begins; and what its loaders remember is forgotten.
    private async ValueTask RunSeriallyAsync(JsonBuffer output)
    {
        AddRoot();
        var kept = Slots.Count;
        var data = new ObjectOutput(output);
        foreach (var field in Input.Plan.Root.Fields)
        {
            if (field.Place != FieldPlan.NoPlace)
            {
                Resolve(field, Slots[RootSlot].Start + field.Place, RootValue);
                await SettleAsync();
            }

            WriteField(ref data, field, RootSlot);
            Slots.Cut(kept);
            _loaders = null;
        }

        data.End();
    }

    private async ValueTask SettleAsync()
    {
        try
        {
            while (true)
            {
                ResolvePending();
                if (Space.Running.Count > 0)
                {
                    await CompleteRunningAsync();
                }
                else if (Space.Waiting.Count > 0)
                {
                    StartWaiting();
                    if (Space.Running.Count > 0)
                    {
                        await CompleteRunningAsync();
                    }
                }
                else
                {
                    return;
                }
            }
        }
        catch when (Space.Running.Count > 0)
        {
            await EndRunningAsync();
            throw;
        }
    }

    private void ResolvePending()
    {
        while (Slots.TryDequeue(out var owner))
        {
            var selection = Slots[owner].Selection!;
            var start = Slots[owner].Start;
            var source = SourceOf(Slots[owner]);
            for (var i = 0; i < selection.Resolved.Length; i++)
            {
                var field = selection.Resolved[i];
                if (IsThere(field, source))
                {
                    Slots[start + i].State = SlotState.OfSource;
                }
                else
                {
                    Resolve(field, start + i, source);
                }
            }
        }
    }

    // The event is the source of a subscription's root field, and nothing is above it.
    private object? SourceOf(in Slot owner) => owner.Parent == SlotTable.NoParent ? _event ?? owner.Value : owner.Value;

    private void Resolve(FieldPlan field, int slot, object? source)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var context = _context ?? new FieldContext(this);
        _context = null;
        context.Set(field, slot, source);
        object? value;
        try
        {
            var pending = field.Resolver.ResolveAsync(context);
            if (!pending.IsCompleted)
            {
                Space.Running.Add(new Running(new Waiting(slot, field, field.Shape, null), pending.AsTask()));
                return;
            }

            value = pending.GetAwaiter().GetResult();
        }
        catch (Exception exception) when (!IsCancelled(exception))
        {
            Fail(slot, field, exception);
            return;
        }

        if (!MayLookAgain(value))
        {
            _context = context;
        }

        Complete(slot, field, field.Shape, value);
    }

    private void StartWaiting()
    {
        Space.Start();
        LoadLevel.Begin();
        try
        {
            foreach (var waiting in Space.Started)
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    if (TryGet(waiting.Result!, out var value, out var running))
                    {
                        Complete(waiting.Slot, waiting.Field, waiting.Shape, value);
                    }
                    else
                    {
                        Space.Running.Add(new Running(waiting, running));
                    }
                }
                catch (Exception exception) when (!IsCancelled(exception))
                {
                    Fail(waiting.Slot, waiting.Field, exception);
                }
            }
        }
        finally
        {
            LoadLevel.End();
        }

        Space.Started.Clear();
    }

    private bool TryGet(IDataLoaderResult result, out object? value, [NotNullWhen(false)] out Task<object?>? running)
    {
        running = null;
        if (result is IReadyResult ready && ready.TryGet(cancellationToken, out value))
        {
            return true;
        }

        running = result.GetResultAsync(cancellationToken);
        return DataLoaderResults.TryGet<object?>(running, out value);
    }

    private async ValueTask CompleteRunningAsync()
    {
        var running = Space.Running;
        for (var i = 0; i < running.Count; i++)
        {
            var (target, task) = running[i];
            try
            {
                Complete(target.Slot, target.Field, target.Shape, await task);
            }
            catch (Exception exception) when (!IsCancelled(exception))
            {
                Fail(target.Slot, target.Field, exception);
            }
        }

        running.Clear();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The execution has failed already; this only waits.")]
    private async ValueTask EndRunningAsync()
    {
        foreach (var (_, task) in Space.Running)
        {
            try
            {
                await task;
            }
            catch (Exception)
            {
                // What was cancelled may also fail; only that it has ended matters.
            }
        }

        Space.Running.Clear();
    }

    private bool IsCancelled(Exception exception) => exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private void Fail(int slot, FieldPlan field, Exception exception)
    {
        ref var failed = ref Slots[slot];
        failed.State = SlotState.Null;
        failed.Value = null;
        AddError(field, exception, slot);
    }

    /// <param name="field">The field that failed.</param>
    /// <param name="exception">Why.</param>
    /// <param name="slot">Its slot; that of the object around it when it has none.</param>
    private void AddError(FieldPlan field, Exception exception, int slot)
    {
        var hasSlot = field.Place != FieldPlan.NoPlace;
        if (exception is not ExecutionError error)
        {
            request.Unhandled(exception, hasSlot ? PathOf(slot) : [.. PathOf(slot), field.Definition.Name]);
            error = new UnhandledError($"Error trying to resolve field '{field.ResponseName}'.", exception);
        }
        else if (error.Path is not null)
        {
            // One failure of several fields, such as those that shared a batch: each is told with its own place.
            error = new RepeatedError(error);
        }

        error.AddLocation(field.Ast, Document);
        error.Path = hasSlot ? ResponsePathOf(slot) : [.. ResponsePathOf(slot), field.ResponseName];
        Errors.Add(error);
    }
}
