using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using NewsGraph.Gateway.Storage;
using NewsGraph.Transports;
using NewsGraph.Transports.Connections;
using NewsGraph.Transports.Http;

namespace NewsGraph.Gateway.Hosting;

/// <summary>Builds the gateway: for <c>serve</c>, for the commands that need its services, and for the tests.</summary>
public static class GatewayHost
{
    /// <summary>Where the gateway listens when nothing says otherwise.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Where GraphQL is served.</summary>
    public const string GraphQLPath = "/graphql";

    // What is still open when the time is up is cut, which takes a moment too.
    private static readonly TimeSpan CuttingTime = TimeSpan.FromSeconds(2);

    /// <summary>Builds the gateway; nothing is opened before it is started.</summary>
    /// <param name="settings">Settings, each <c>--Section:Key=value</c>; they win over the environment and <c>appsettings.json</c>.</param>
    /// <param name="configure">Changes what is built.</param>
    /// <exception cref="WrongSettingsException">A setting is wrong.</exception>
    public static WebApplication Build(string[] settings, Action<WebApplicationBuilder>? configure = null)
    {
        // The program's own files lie beside it; what an operator names is relative to where the command is run.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = settings,
            ContentRootPath = AppContext.BaseDirectory,
        });
        configure?.Invoke(builder);
        SettingsCheck.Run(builder.Configuration);
        if (!NamesAnAddress(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>(
            (host, shutdown) => host.ShutdownTimeout = shutdown.Value.DrainDelay + shutdown.Value.Timeout + CuttingTime);
        builder.Services.AddGateway(builder.Configuration, builder.Environment);

        var app = builder.Build();
        app.Services.GetRequiredService<DatabaseSetup>().BuildAhead();
        app.UseProxies();
        app.UseWhen(MayBecomeSocket, sockets => sockets.UseWebSockets());
        app.MapGraphQL(GraphQLPath);
        app.MapHealth();
        app.MapGet("/", Redirect);
        return app;
    }

    // The middleware makes a handshake for every request it sees, and nearly all are plain ones.
    private static bool MayBecomeSocket(HttpContext context) => !HttpMethods.IsPost(context.Request.Method);

    private static Task Redirect(HttpContext context)
    {
        context.Response.Redirect(GraphQLPath);
        return Task.CompletedTask;
    }

    private static bool NamesAnAddress(ConfigurationManager configuration) =>
        configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 }
        || configuration[WebHostDefaults.HttpPortsKey] is { Length: > 0 }
        || configuration[WebHostDefaults.HttpsPortsKey] is { Length: > 0 }
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    private static void Configure(WebHostBuilderContext context, KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);

        // The endpoint refuses a body over its own limit with its own error; the server's must not come first.
        var largest = context.Configuration.GetSection(GraphQLHttpOptions.Section).Get<GraphQLHttpOptions>() ?? new GraphQLHttpOptions();
        kestrel.Limits.MaxRequestBodySize = Math.Max(kestrel.Limits.MaxRequestBodySize ?? 0, largest.MaxRequestBytes + 1024L);
    }
}
