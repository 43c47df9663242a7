using NewsGraph.Engine.Execution;

namespace NewsGraph.Transports.WebSockets;

/// <summary>Runs one operation of a connection and queues its results.</summary>
internal sealed class OperationRun(
    WebSocketConnection connection,
    SubProtocol protocol,
    ConnectionServices services,
    SocketOperation operation,
    OperationRequest request) : IThreadPoolWorkItem, ISubscriptionSink
{
    // Given up when it is read: a subscription may stand for days, and its document and variables are its client's own copy.
    private OperationRequest? _request = request;

    bool ISubscriptionSink.IsReady => connection.HasRoom;

    Task ISubscriptionSink.WhenReadyAsync() => connection.WhenRoomAsync();

    void ISubscriptionSink.OnNext(in SubscriptionEvent item)
    {
        if (!operation.IsStopped)
        {
            connection.Send(new OutgoingMessage(operation.NextHead, item.Json, operation));
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        try
        {
            await ExecuteAsync();
        }
        catch (OperationCanceledException) when (operation.IsStopped)
        {
            // Nobody waits for an answer.
        }
#pragma warning disable CA1031 // A failing event source must not take the process down; the client reads a masked error.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ConnectionLog.Failed(services.Logger, e);
            End(protocol.Error(operation, services.Executor.Refuse("Unexpected Execution Error", code: null).ErrorsJson));
        }
        finally
        {
            connection.Operations.Ended(operation);
        }
    }

    private async Task ExecuteAsync()
    {
        var result = await services.Executor.ExecuteAsync(Interlocked.Exchange(ref _request, null)!, operation.Stopping);
        if (result.Subscription is { } subscription)
        {
            connection.Operations.Stands(operation);
            await using (subscription)
            {
                await subscription.RunAsync(this, operation.Stopping);
            }

            if (!operation.IsStopped)
            {
                End(SubProtocol.Complete(operation));
            }
        }
        else if (result.Executed || result.ErrorsJson.IsEmpty)
        {
            connection.Send(new OutgoingMessage(operation.NextHead, result.Json, operation));
            End(SubProtocol.Complete(operation));
        }
        else
        {
            End(protocol.Error(operation, result.ErrorsJson));
        }
    }

    private void End(OutgoingMessage last)
    {
        // The id first: the client may use it again as soon as it has read the last message.
        connection.Operations.Release(operation);
        connection.Send(last);
    }
}
