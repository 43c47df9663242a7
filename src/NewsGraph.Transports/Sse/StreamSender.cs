using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Execution;
using NewsGraph.Transports.Connections;
using NewsGraph.Transports.Http;

namespace NewsGraph.Transports.Sse;

/// <summary>
/// Sends the results of a subscription one after the other. A reader that takes nothing for too long, or less than is
/// pushed to it, is cut off without <c>complete</c>, so that it comes back and resumes; so are all when the node goes away,
/// after what waited for them.
/// </summary>
internal sealed class StreamSender(IOptions<GraphQLHttpOptions> options, TimeProvider time, Draining draining)
{
    // A replay comes in bursts; one write takes some of it together.
    private const int FlushBytes = 16 * 1024;

    private readonly GraphQLHttpOptions _options = options.Value;

    /// <summary>Sends a subscription's results until it ends, the reader goes or the node does.</summary>
    public Task SendAsync(HttpContext context, ISubscription subscription, ResponseFormat format) =>
        SendAsync(context, subscription, format, draining.Begun);

    /// <summary>Sends a finished result where a stream was asked for.</summary>
    public Task SendAsync(HttpContext context, ReadOnlyMemory<byte> result, ResponseFormat format) =>
        SendAsync(context, new FinishedResult(result), format, CancellationToken.None);

    /// <summary>Sends a reader away that would take any status but 200 for the end of all.</summary>
    /// <param name="context">The request.</param>
    /// <param name="wait">When it is to come back.</param>
    public static async Task SendAwayAsync(HttpContext context, TimeSpan wait)
    {
        Prepare(context, ResponseFormat.EventStream);
        StreamFraming.For(ResponseFormat.EventStream).WriteCut(context.Response.BodyWriter, wait);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private async Task SendAsync(HttpContext context, ISubscription subscription, ResponseFormat format, CancellationToken until)
    {
        Prepare(context, format);
        var gone = context.RequestAborted;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(gone, until);
        var queue = new EventQueue(_options.MaxQueuedEvents, _options.MaxQueuedBytes, context.Abort);
        var running = Task.CompletedTask;
        try
        {
            await context.Response.StartAsync(gone);
            await FlushAsync(context, gone);
            running = RunAsync(subscription, queue, stop.Token);
            await PumpAsync(context, queue, StreamFraming.For(format), gone);
            await running;
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or was cut off.
        }
        finally
        {
            queue.End();
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await subscription.DisposeAsync();
        }
    }

    private static void Prepare(HttpContext context, ResponseFormat format)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = MediaTypes.ContentType(format);
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static async Task RunAsync(ISubscription subscription, EventQueue queue, CancellationToken cancellationToken)
    {
        try
        {
            await subscription.RunAsync(queue, cancellationToken);
        }
        finally
        {
            queue.End(isCut: cancellationToken.IsCancellationRequested);
        }
    }

    private async Task PumpAsync(HttpContext context, EventQueue queue, StreamFraming framing, CancellationToken cancellationToken)
    {
        var output = context.Response.BodyWriter;
        using var timer = new PeriodicTimer(_options.KeepAliveInterval, time);
        var changed = queue.WhenChangedAsync();
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        var lastWrite = time.GetTimestamp();
        while (true)
        {
            await Task.WhenAny(changed, tick);
            cancellationToken.ThrowIfCancellationRequested();
            if (changed.IsCompleted)
            {
                if (await WriteWaitingAsync(context, queue, framing, cancellationToken))
                {
                    return;
                }

                lastWrite = time.GetTimestamp();
                changed = queue.WhenChangedAsync();
            }
            else if (await tick)
            {
                if (time.GetElapsedTime(lastWrite) >= _options.KeepAliveSilence && framing.TryWriteKeepAlive(output))
                {
                    await FlushAsync(context, cancellationToken);
                    lastWrite = time.GetTimestamp();
                }

                tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }
        }
    }

    /// <summary>Writes what waits; true when that was the end.</summary>
    private async ValueTask<bool> WriteWaitingAsync(
        HttpContext context, EventQueue queue, StreamFraming framing, CancellationToken cancellationToken)
    {
        var output = context.Response.BodyWriter;
        bool ended;
        while (queue.TryTake(out var item, out ended))
        {
            framing.WriteEvent(output, item);
            if (output.UnflushedBytes >= FlushBytes)
            {
                await FlushAsync(context, cancellationToken);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (ended && queue.IsCut)
        {
            framing.WriteCut(output, draining.NextReconnect());
        }
        else if (ended)
        {
            framing.WriteEnd(output);
        }

        await FlushAsync(context, cancellationToken);
        return ended;
    }

    private async ValueTask FlushAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var flush = context.Response.BodyWriter.FlushAsync(cancellationToken);
        if (flush.IsCompletedSuccessfully)
        {
            ThrowIfGone(flush.Result);
            return;
        }

        var pending = flush.AsTask();
        try
        {
            ThrowIfGone(await pending.WaitAsync(_options.SendTimeout, time, cancellationToken));
        }
        catch (TimeoutException)
        {
            context.Abort();
            throw new OperationCanceledException(context.RequestAborted);
        }
    }

    private static void ThrowIfGone(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
        {
            throw new OperationCanceledException();
        }
    }
}
