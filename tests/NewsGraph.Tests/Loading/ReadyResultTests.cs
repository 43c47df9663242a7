using GraphQL.DataLoader;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Tests.Loading;

/// <summary>A result may come while it is asked for whether it is there: then it is there, or it is not, but never half.</summary>
public sealed class ReadyResultTests
{
    private const int Attempts = 20_000;

    [Fact]
    public async Task A_loader_that_finishes_while_it_is_asked_never_gives_nothing() => await AskWhileItComesAsync(task => new OneKey(task).LoadAsync(1));

    [Fact]
    public async Task Deferred_work_that_finishes_while_it_is_asked_never_gives_nothing() =>
        await AskWhileItComesAsync(task => new DeferredResult<object?>(_ => task));

    private static async Task AskWhileItComesAsync(Func<Task<object?>, IDataLoaderResult> start)
    {
        var stop = TestContext.Current.CancellationToken;
        var value = new object();
        TaskCompletionSource<object?>? next = null;
        var isOver = false;
        var other = Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref isOver))
                {
                    Interlocked.Exchange(ref next, null)?.SetResult(value);
                }
            },
            stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            for (var i = 0; i < Attempts; i++)
            {
                var coming = new TaskCompletionSource<object?>();
                var result = (IReadyResult)start(coming.Task);
                Volatile.Write(ref next, coming);
                object? seen;
                while (!result.TryGet(stop, out seen))
                {
                }

                Assert.Same(value, seen);
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            await other;
        }
    }

    private sealed class OneKey(Task<object?> value) : BatchLoader<int, object>
    {
        protected override Task<IReadOnlyDictionary<int, object>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
            value.ContinueWith(
                v => (IReadOnlyDictionary<int, object>)new Dictionary<int, object> { [1] = v.Result! },
                cancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
