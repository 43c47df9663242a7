using System.Text;
using NewsGraph.Engine.Execution;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>An executor whose operations a test controls, for what the engine's timing would leave to chance.</summary>
internal sealed class ScriptedExecutor : IOperationExecutor, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedSubscription> _streams = [];
    private readonly SemaphoreSlim _changed = new(0);

    /// <summary>Lets operations named <c>slow</c> and <c>late</c> go on.</summary>
    public TaskCompletionSource Prepared { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OperationRequest? LastRequest { get; private set; }

    public async ValueTask<OperationResult> ExecuteAsync(OperationRequest request, CancellationToken cancellationToken)
    {
        LastRequest = request;
        switch (request.Query)
        {
            case "stream":
                return Stream();

            case "slow":
                await Prepared.Task.WaitAsync(cancellationToken);
                return Stream();

            case "late":
                await Prepared.Task.WaitAsync(cancellationToken);
                return Answer("""{"data":{"hello":"at last"}}""");

            case "broken":
                return new OperationResult { Executed = true, Subscription = new BreakingSubscription() };

            case "whoami":
                return Answer($$$"""{"data":{"name":"{{{request.User?.Identity?.Name}}}"}}""");

            case "large":
                return Answer($$$"""{"data":{"text":"{{{new string('x', 3_000_000)}}}"}}""");

            case "hello":
                return Answer("""{"data":{"hello":"world"}}""");

            default:
                return Refuse("Syntax Error", "HC0011");
        }
    }

    public OperationResult Refuse(string message, string? code, IReadOnlyDictionary<string, object?>? extensions = null, int? statusCode = null)
    {
        var errors = code is null
            ? $$"""[{"message":"{{message}}"}]"""
            : $$$"""[{"message":"{{{message}}}","extensions":{"code":"{{{code}}}"}}]""";
        return new OperationResult { ErrorsJson = Encoding.UTF8.GetBytes(errors), Json = Encoding.UTF8.GetBytes($$"""{"errors":{{errors}}}""") };
    }

    /// <summary>Sends an event to every open stream, without waiting for anyone.</summary>
    public void Publish(string json) => Publish(Encoding.UTF8.GetBytes(json));

    public void Publish(byte[] json)
    {
        lock (_gate)
        {
            foreach (var stream in _streams)
            {
                stream.Push(new SubscriptionEvent(json));
            }
        }
    }

    public void EndStreams()
    {
        lock (_gate)
        {
            foreach (var stream in _streams)
            {
                stream.End();
            }
        }
    }

    /// <summary>How many streams are open.</summary>
    public int Streams
    {
        get
        {
            lock (_gate)
            {
                return _streams.Count;
            }
        }
    }

    /// <summary>Waits until exactly so many streams are open.</summary>
    public async Task StreamsAsync(int count)
    {
        using var limit = new CancellationTokenSource(SocketClient.Patience);
        while (true)
        {
            lock (_gate)
            {
                if (_streams.Count == count)
                {
                    return;
                }
            }

            await _changed.WaitAsync(limit.Token);
        }
    }

    public void Dispose() => _changed.Dispose();

    private static OperationResult Answer(string json) => new() { Executed = true, Json = Encoding.UTF8.GetBytes(json) };

    private OperationResult Stream() => new() { Executed = true, Subscription = new ScriptedSubscription(this) };

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();

            _changed.Release();
        }
    }

    private sealed class ScriptedSubscription(ScriptedExecutor executor) : ISubscription
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private ISubscriptionSink? _sink;

        public void Push(in SubscriptionEvent item) => _sink!.OnNext(item);

        public void End() => _ended.TrySetResult();

        public async Task RunAsync(ISubscriptionSink sink, CancellationToken cancellationToken)
        {
            _sink = sink;
            executor.Change(() => executor._streams.Add(this));
            await using (cancellationToken.UnsafeRegister(static state => ((ScriptedSubscription)state!).End(), this))
            {
                await _ended.Task;
            }

            executor.Change(() => executor._streams.Remove(this));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class BreakingSubscription : ISubscription
    {
        public async Task RunAsync(ISubscriptionSink sink, CancellationToken cancellationToken)
        {
            sink.OnNext(new SubscriptionEvent("""{"data":{"n":1}}"""u8.ToArray()));
            await Task.Yield();
            throw new InvalidOperationException("A secret of the server.");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
