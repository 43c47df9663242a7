using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Tests.Execution.Caching;

/// <summary>A response cache that is trusted, and executions a test lets go on.</summary>
internal sealed class CacheHouse
{
    public static readonly DataTag Comments = DataTag.Of("Comment");
    public static readonly DataTag Articles = DataTag.Of("Article");

    private int _executions;

    public CacheHouse(Action<ResponseCacheOptions>? configure = null)
    {
        var options = new ResponseCacheOptions { Enabled = true };
        configure?.Invoke(options);
        Cache = new ResponseCache(Options.Create(options), new ResponseCacheMetrics(), Time);
        Cache.Trust(Time.GetTimestamp(), TimeSpan.FromHours(1));
    }

    public FakeTimeProvider Time { get; } = new();

    public ResponseCache Cache { get; }

    public int Executions => _executions;

    /// <summary>What the data is now: the result of every execution that reads it.</summary>
    public int Data { get; set; }

    /// <summary>Changes the data as a writer does.</summary>
    public void Write(params ReadOnlySpan<DataTag> tags)
    {
        Data++;
        Cache.Purge(tags);
    }

    /// <summary>Asks, and reads the data at once.</summary>
    public async Task<string> AskAsync(string request = "q", params DataTag[] tags) => await AskAsync(request, async _ =>
    {
        await Task.Yield();
        DataReads.Current!.Add(tags.Length == 0 ? [Comments] : tags);
        return Result(Data);
    });

    /// <summary>Asks, with an execution of the test's own.</summary>
    public Task<string> AskAsync(string request, Func<CancellationToken, Task<OperationResult>> execute) => AskUntilAsync(request, execute, CancellationToken.None);

    /// <summary>The same, and leaves when the token says so.</summary>
    public async Task<string> AskUntilAsync(string request, Func<CancellationToken, Task<OperationResult>> execute, CancellationToken leaves)
    {
        var result = await Cache.RunAsync(Encoding.UTF8.GetBytes(request), RunAsync, leaves);
        return Encoding.UTF8.GetString(result.Json.Span);

        async ValueTask<OperationResult> RunAsync(CancellationToken token)
        {
            Interlocked.Increment(ref _executions);
            return await execute(token);
        }
    }

    public CachedResponse? Find(string request) => Cache.Find(Encoding.UTF8.GetBytes(request));

    public bool Has(string request) => Cache.Find(Encoding.UTF8.GetBytes(request)) is not null;

    public static OperationResult Result(int data) => new() { Json = Encoding.UTF8.GetBytes($"{data}"), Executed = true };
}

/// <summary>An execution that reads, and then waits until the test lets it go on.</summary>
internal sealed class HeldExecution(CacheHouse house)
{
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Complete when it has read.</summary>
    public Task HasRead => _read.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public CancellationToken Token { get; private set; }

    public void GoOn() => _goOn.SetResult();

    public async Task<OperationResult> RunAsync(CancellationToken cancellationToken)
    {
        Token = cancellationToken;
        var seen = house.Data;
        DataReads.Current!.Add(CacheHouse.Comments);
        _read.SetResult();
        await _goOn.Task.WaitAsync(cancellationToken);
        return CacheHouse.Result(seen);
    }
}
