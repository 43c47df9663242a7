using System.Diagnostics;
using System.Text.Json;

namespace NewsGraph.IntegrationTests.Caching.Hunting;

/// <summary>
/// Something in an answer that each act makes larger by one. So the least that an answer may say is known from the acts
/// that were acknowledged before it was asked for, however they overlap.
/// </summary>
/// <param name="name">What it is.</param>
/// <param name="query">Asks for it.</param>
/// <param name="variables">The query's variables.</param>
/// <param name="read">Finds it in the answer's <c>data</c>.</param>
/// <param name="act">The act; null where a node cannot do it.</param>
internal sealed class HuntedNumber(
    string name, string query, object? variables, Func<JsonElement, long> read, Func<HuntNode, Func<CancellationToken, Task>?> act)
{
    private readonly Lock _gate = new();
    private readonly List<(HuntNode Node, long At)> _acknowledged = [];

    public string Name => name;

    public bool CanAct(HuntNode node) => act(node) is not null;

    /// <summary>Acts once.</summary>
    public async Task ActAsync(HuntNode node, CancellationToken cancellationToken)
    {
        await act(node)!(cancellationToken);
        lock (_gate)
        {
            _acknowledged.Add((node, Stopwatch.GetTimestamp()));
        }
    }

    /// <summary>Asks a node; what was wrong with the answer, or null.</summary>
    /// <param name="node">The node.</param>
    /// <param name="late">How late it may hear of the other nodes' acts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string?> CheckAsync(HuntNode node, TimeSpan late, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        var (own, others) = CountUntil(node, asked, asked - (long)(late.TotalSeconds * Stopwatch.Frequency));
        var text = await node.AskAsync(query, variables, cancellationToken);
        using var answer = JsonDocument.Parse(text);
        if (answer.RootElement.TryGetProperty("errors", out var errors))
        {
            return $"{name} on {node.Name}: {errors}";
        }

        var seen = read(answer.RootElement.GetProperty("data"));
        return seen >= own + others ? null : $"{name} on {node.Name}: {seen}, after {own} of its own acts and {others} of others were acknowledged. {text}";
    }

    /// <summary>Whether a node says what an execution of its own says now.</summary>
    public async Task<string?> CompareAsync(HuntNode node, CancellationToken cancellationToken)
    {
        var kept = await node.AskAsync(query, variables, cancellationToken);
        var live = await node.AskAsync(query, variables, cancellationToken, live: true);
        return kept == live ? null : $"{name} on {node.Name}: kept {kept}, live {live}";
    }

    private (int Own, int Others) CountUntil(HuntNode node, long own, long others)
    {
        lock (_gate)
        {
            return (_acknowledged.Count(a => a.Node == node && a.At <= own), _acknowledged.Count(a => a.Node != node && a.At <= others));
        }
    }
}
