using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Execution;
using NewsGraph.Transports.Http;

namespace NewsGraph.Transports.Sse;

/// <summary>
/// Sends the results of a subscription one after the other. The next event is fetched only when the last one has been
/// handed to the connection, so nothing piles up here; a reader that takes nothing for too long is cut off.
/// </summary>
internal sealed class StreamSender(IOptions<GraphQLHttpOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private readonly GraphQLHttpOptions _options = options.Value;

    public async Task SendAsync(HttpContext context, IAsyncEnumerable<SubscriptionEvent> events, ResponseFormat format)
    {
        var framing = StreamFraming.For(format);
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = MediaTypes.ContentType(format);
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var enumerator = events.GetAsyncEnumerator(stop.Token);
        try
        {
            await response.StartAsync(stop.Token);
            await FlushAsync(context, stop.Token);
            await PumpAsync(context, enumerator, framing, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader has gone, or the server stops: without `complete`, so that the reader comes back.
        }
        finally
        {
            await stop.CancelAsync();
            await enumerator.DisposeAsync();
        }
    }

    private async Task PumpAsync(
        HttpContext context,
        IAsyncEnumerator<SubscriptionEvent> events,
        StreamFraming framing,
        CancellationToken cancellationToken)
    {
        var output = context.Response.BodyWriter;
        using var timer = new PeriodicTimer(_options.KeepAliveInterval, time);
        var next = events.MoveNextAsync().AsTask();
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        var lastWrite = time.GetTimestamp();
        while (true)
        {
            await Task.WhenAny(next, tick);
            if (next.IsCompleted)
            {
                if (!await next)
                {
                    framing.WriteEnd(output);
                    await FlushAsync(context, cancellationToken);
                    return;
                }

                framing.WriteEvent(output, events.Current);
                await FlushAsync(context, cancellationToken);
                lastWrite = time.GetTimestamp();
                next = events.MoveNextAsync().AsTask();
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
