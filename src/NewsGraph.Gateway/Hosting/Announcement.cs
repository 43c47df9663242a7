using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using NewsGraph.Gateway.Storage;
using NewsGraph.Transports.Ide;

namespace NewsGraph.Gateway.Hosting;

/// <summary>Says where everything is, once it can be used.</summary>
internal sealed partial class Announcement(
    IServer server, IHostApplicationLifetime lifetime, DatabaseSetup database, IOptions<IdeOptions> ide, ILogger<Announcement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            var endpoint = address + GatewayHost.GraphQLPath;
            LogEndpoint(logger, endpoint);
            if (ide.Value.Enabled)
            {
                LogIde(logger, endpoint);
            }
        }

        LogDatabase(logger, database.Location);
    }

    [LoggerMessage(100, LogLevel.Information, "GraphQL endpoint: {Endpoint}")]
    private static partial void LogEndpoint(ILogger logger, string endpoint);

    [LoggerMessage(101, LogLevel.Information, "Explore it in a browser: {Endpoint}")]
    private static partial void LogIde(ILogger logger, string endpoint);

    [LoggerMessage(102, LogLevel.Information, "Database: {Location}")]
    private static partial void LogDatabase(ILogger logger, string location);
}
