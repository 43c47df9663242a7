using System.Net;
using System.Text.Json;

namespace NewsGraph.Gateway.Drill;

/// <summary>Queries and mutations of any node, the next one when one fails. Safe for concurrent use.</summary>
/// <param name="http">The connections.</param>
/// <param name="endpoints">The nodes.</param>
/// <param name="patience">How long an operation is tried.</param>
/// <param name="time">The clock.</param>
internal sealed class NewsClient(HttpClient http, IReadOnlyList<Uri> endpoints, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(10);

    public HttpClient Http => http;

    public TimeProvider Time => time;

    /// <summary>One of the nodes.</summary>
    public Uri AnyEndpoint() => endpoints[Random.Shared.Next(endpoints.Count)];

    /// <summary>Runs an operation until a node answers; the answer's <c>data</c>.</summary>
    /// <exception cref="DrillException">None did in time, or the operation is none that they know; the message says what happened.</exception>
    public async Task<JsonElement> QueryAsync(string query, object variables, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(patience);
        var backoff = new Backoff(time);
        var problem = "";
        while (!stop.IsCancellationRequested)
        {
            var endpoint = AnyEndpoint();
            try
            {
                return await AskAsync(endpoint, query, variables, stop.Token);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or JsonException or DrillRefusedException)
            {
                problem = stop.IsCancellationRequested && problem.Length > 0 ? problem : $"{endpoint}: {exception.Message}";
                await backoff.WaitAsync(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new DrillException($"No node has answered for {patience.TotalSeconds:0} seconds. {problem}");
    }

    private async Task<JsonElement> AskAsync(Uri endpoint, string query, object variables, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(AttemptLimit);
        using var response = await http.PostAsJsonAsync(endpoint, new { query, variables }, attempt.Token);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(attempt.Token);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            throw new DrillException($"{endpoint} does not understand the drill; is it an older version? {answer}");
        }

        return answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && !answer.TryGetProperty("errors", out _)
            ? data
            : throw new DrillRefusedException(DrillRefusedException.Describe(answer));
    }
}
