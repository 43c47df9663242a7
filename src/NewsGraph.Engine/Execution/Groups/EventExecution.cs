using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution.Json;
using NewsGraph.Engine.Execution.Running;

namespace NewsGraph.Engine.Execution.Groups;

/// <summary>Executes a subscription's selection for one event after the other. Safe for concurrent use.</summary>
/// <param name="request">The operation; each event gets services of its own.</param>
/// <param name="writer">Completes the results.</param>
/// <param name="scopes">Opens the services of an event.</param>
/// <param name="limits">How long an event may take.</param>
internal sealed class EventExecution(ExecutionRequest request, ResultWriter writer, IServiceScopeFactory scopes, TimeLimits limits)
{
    /// <summary>The result for an event; what fails is in it.</summary>
    /// <param name="value">What the event tells.</param>
    /// <param name="position">Its position, or null.</param>
    /// <param name="cancellationToken">Nobody wants the result any more.</param>
    public async Task<SubscriptionEvent> ExecuteAsync(object? value, string? position, CancellationToken cancellationToken)
    {
        var limit = limits.Start(cancellationToken);
        await using var resources = new OperationResources(scopes, limit);
        using var execution = new PlannedExecution(request with { Services = resources }, resources.Token);
        using var data = new JsonBuffer();
        try
        {
            ResultWriter.Begin(data);
            await execution.RunAsync(data, value);
            cancellationToken.ThrowIfCancellationRequested();
            using var result = writer.Finish(data, execution);
            return new SubscriptionEvent(result.Json.ToArray(), position);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            return new SubscriptionEvent(writer.Write(OperationExecutor.TimedOut(limits.Limit)).Json, position);
        }
    }

    /// <summary>The last result of a subscription whose source failed.</summary>
    /// <param name="exception">Why it failed.</param>
    public SubscriptionEvent Describe(Exception exception)
    {
        using var execution = new PlannedExecution(request, CancellationToken.None);
        return new SubscriptionEvent(writer.Write(execution.Describe(exception)).Json);
    }
}
