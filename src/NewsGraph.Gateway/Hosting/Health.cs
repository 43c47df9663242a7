using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NewsGraph.Gateway.Storage;
using NewsGraph.PubSub;
using NewsGraph.Transports.Connections;

namespace NewsGraph.Gateway.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can also read its database and is not about to stop;
/// without Redis it is "Degraded" and still ready, since readers miss no comment, only get it seconds later. The body is
/// JSON and says of each part how it is, since when and why.
/// </summary>
internal static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database").AddCheck<BusCheck>("bus").AddCheck<DrainingCheck>("shutdown");
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthReportWriter.WriteAsync });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync });
    }

    private sealed class DrainingCheck(Draining draining) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(draining.IsAnnounced ? HealthCheckResult.Unhealthy("The server is shutting down.") : HealthCheckResult.Healthy());
    }

    private sealed class DatabaseCheck(IDbContextFactory<NewsContext> databases) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var db = databases.CreateDbContext();
            return await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The database cannot be read.");
        }
    }

    private sealed class BusCheck(ITopicBus bus) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(bus.Status is { Delivers: false } status
                ? HealthCheckResult.Degraded(status.Problem, data: HealthReportWriter.Since(status.Since))
                : HealthCheckResult.Healthy());
    }
}
