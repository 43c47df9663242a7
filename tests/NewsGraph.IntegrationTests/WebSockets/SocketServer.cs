using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Engine.Execution;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>A real server on a free port, its clock and executor in the test's hand.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private SocketServer(WebApplication app)
    {
        App = app;
        var http = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Address = new Uri(http.Replace("http:", "ws:", StringComparison.Ordinal) + "/graphql/ws");
    }

    public WebApplication App { get; }

    public Uri Address { get; }

    public FakeTimeProvider Clock => App.Services.GetRequiredService<FakeTimeProvider>();

    public ScriptedExecutor Executor => (ScriptedExecutor)App.Services.GetRequiredService<IOperationExecutor>();

    public int Connections => App.Services.GetRequiredService<ConnectionRegistry>().Count;

    public static async Task<SocketServer> StartAsync(
        Action<GraphQLWebSocketOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? pipeline = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new FakeTimeProvider());
        builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<FakeTimeProvider>());
        builder.Services.AddSingleton<IOperationExecutor, ScriptedExecutor>();
        builder.Services.AddGraphQLWebSockets(options);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        pipeline?.Invoke(app);
        app.MapGraphQLWebSockets();
        await app.StartAsync();
        return new SocketServer(app);
    }

    /// <summary>Lets time pass second by second, as a timer would see it.</summary>
    public void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Waits for what no message announces.</summary>
    public static async Task EventuallyAsync(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < SocketClient.Patience, "The condition never held.");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();
}
