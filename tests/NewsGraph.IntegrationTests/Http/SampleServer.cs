using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsGraph.Engine.Limits;
using NewsGraph.Testing.SampleSchema;
using NewsGraph.Transports;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>A real server on a port of its own that serves the sample schema at <c>/graphql</c>.</summary>
public sealed class SampleServer : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly WebApplication _app;

    private SampleServer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
        Client = new HttpClient { BaseAddress = address, Timeout = Limit };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public SampleEvents Events => _app.Services.GetRequiredService<SampleEvents>();

    public IServiceProvider Services => _app.Services;

    public static async Task<SampleServer> StartAsync(
        Action<IServiceCollection>? configure = null,
        Action<GraphQLLimitsOptions>? limits = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        SampleSchema.AddTo(builder.Services, limits);
        builder.Services.AddGraphQLTransports();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapGraphQL();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new SampleServer(app, new Uri(address));
    }

    public async Task<Answer> PostAsync(string body, string? accept = "application/graphql-response+json", string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await SendAsync(request, accept);
    }

    public Task<Answer> GetAsync(string pathAndQuery, string? accept = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, pathAndQuery), accept);

    public async Task<Answer> SendAsync(HttpRequestMessage request, string? accept = null)
    {
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await Client.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(),
            response.Headers,
            response.Content.Headers);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>What came back.</summary>
public sealed record Answer(int Status, string? ContentType, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders);
