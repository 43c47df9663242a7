using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Testing.SampleSchema;

/// <summary>The sample schema with an executor around it, for tests without a server.</summary>
public sealed class SampleExecution : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public SampleExecution(
        TimeProvider? time = null, Action<GraphQLLimitsOptions>? limits = null, Action<SubscriptionOptions>? subscriptions = null)
    {
        var services = new ServiceCollection();
        services.Configure(subscriptions ?? (_ => { }));
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        SampleSchema.AddTo(services, limits);
        _services = services.BuildServiceProvider();
    }

    public IOperationExecutor Executor => _services.GetRequiredService<IOperationExecutor>();

    public SampleSource Source => _services.GetRequiredService<SampleSource>();

    /// <summary>Begins to count what subscriptions do.</summary>
    public SubscriptionCounts CountSubscriptions() => new(_services);

    public SampleEvents Events => _services.GetRequiredService<SampleEvents>();

    /// <summary>Subscribes as somebody and begins to read.</summary>
    public async Task<SubscriptionReader> SubscribeAsync(
        string query, object? variables = null, ClaimsPrincipal? user = null, int room = int.MaxValue)
    {
        var request = new OperationRequest
        {
            Query = query,
            Variables = variables is null ? default : JsonSerializer.SerializeToElement(variables),
            User = user,
        };
        return new SubscriptionReader((await Executor.ExecuteAsync(request, CancellationToken.None)).Subscription!, room);
    }

    public ValueTask<OperationResult> RunAsync(string query, object? variables = null) =>
        Executor.ExecuteAsync(
            new OperationRequest
            {
                Query = query,
                Variables = variables is null ? default : JsonSerializer.SerializeToElement(variables),
            },
            CancellationToken.None);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
