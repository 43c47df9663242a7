using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Testing.SampleSchema;

/// <summary>The sample schema with an executor around it, for tests without a server.</summary>
public sealed class SampleExecution : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public SampleExecution(TimeProvider? time = null, Action<GraphQLLimitsOptions>? limits = null)
    {
        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        SampleSchema.AddTo(services, limits);
        _services = services.BuildServiceProvider();
    }

    public IOperationExecutor Executor => _services.GetRequiredService<IOperationExecutor>();

    public SampleEvents Events => _services.GetRequiredService<SampleEvents>();

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
