using System.Net.Http.Json;
using System.Text.Json;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Processes;

namespace NewsGraph.IntegrationTests.Caching.Hunting;

/// <summary>A node that is asked, and through which acts are done: all where it is in this process, else those of the wire.</summary>
internal sealed class HuntNode
{
    private readonly HttpClient _http;
    private readonly Uri _address;

    public HuntNode(ServerProcess process) => (Name, _http, _address) = ($"process {process.Address.Port}", process.Http, process.Address);

    public HuntNode(TestGateway gateway)
    {
        (Name, _http, _address) = ($"gateway {new Uri(gateway.Url).Port}", gateway.Http, new Uri(gateway.GraphQLUrl));
        Gateway = gateway;
    }

    public string Name { get; }

    public TestGateway? Gateway { get; }

    /// <summary>The answer as anybody gets it, or, past the cache, as somebody does.</summary>
    public async Task<string> AskAsync(string query, object? variables, CancellationToken cancellationToken, bool live = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = JsonContent.Create(new { query, variables }) };
        if (live)
        {
            request.Headers.Add("Authorization", "Bearer nobody");
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Does an act by the wire, acknowledged by an answer without errors.</summary>
    public async Task MutateAsync(string mutation, object variables, CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await AskAsync(mutation, variables, cancellationToken));
        Assert.False(answer.RootElement.TryGetProperty("errors", out var errors), errors.ToString());
    }
}
