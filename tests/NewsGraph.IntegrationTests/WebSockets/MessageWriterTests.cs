using NewsGraph.Transports.WebSockets;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>What a connection's queue says of its room.</summary>
public sealed class MessageWriterTests
{
    private static readonly OutgoingMessage Small = new(new byte[10]);

    [Fact]
    public async Task A_queue_over_half_has_no_room_until_its_reader_has_taken_half()
    {
        var socket = new StuckSocket();
        var writer = new MessageWriter(socket, maxMessages: 8, maxBytes: 1000);
        await FillAsync(writer, socket, 5);
        Assert.False(writer.HasRoom);

        var room = writer.WhenRoomAsync();
        Assert.False(room.IsCompleted);
        socket.Open.SetResult();

        await room.WaitAsync(SocketClient.Patience, TestContext.Current.CancellationToken);
        Assert.True(writer.HasRoom);
    }

    [Fact]
    public async Task Many_bytes_take_room_like_many_messages()
    {
        var socket = new StuckSocket();
        var writer = new MessageWriter(socket, maxMessages: 8, maxBytes: 1000);
        await FillAsync(writer, socket, 2);
        Assert.True(writer.HasRoom);

        writer.TryWrite(new OutgoingMessage(new byte[240]));
        writer.TryWrite(new OutgoingMessage(new byte[240]));
        writer.TryWrite(new OutgoingMessage(new byte[240]));

        Assert.False(writer.HasRoom);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_waits_for_room_in_a_queue_that_takes_nothing_more(bool closed)
    {
        var socket = new StuckSocket();
        var writer = new MessageWriter(socket, maxMessages: 8, maxBytes: 1000);
        await FillAsync(writer, socket, 8);
        var room = writer.WhenRoomAsync();

        if (closed)
        {
            writer.Close(CloseCode.Normal, "", discardWaiting: false);
        }
        else
        {
            writer.Stop();
        }

        await room.WaitAsync(SocketClient.Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>Fills the queue behind a message that is stuck in the socket.</summary>
    private static async Task FillAsync(MessageWriter writer, StuckSocket socket, int messages)
    {
        writer.TryWrite(Small);
        await socket.Stuck.Task.WaitAsync(SocketClient.Patience);
        for (var i = 0; i < messages; i++)
        {
            Assert.True(writer.TryWrite(Small));
        }
    }

    private sealed class StuckSocket : IMessageSocket
    {
        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Stuck { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask SendAsync(OutgoingMessage message)
        {
            Stuck.TrySetResult();
            await Open.Task;
        }

        public ValueTask<ReceivedMessage> ReceiveAsync() => throw new NotSupportedException();

        public ValueTask SkipToCloseAsync() => throw new NotSupportedException();

        public ValueTask FlushAsync() => ValueTask.CompletedTask;

        public ValueTask CloseAsync(CloseCode code, string reason) => ValueTask.CompletedTask;

        public ValueTask LingerAsync() => ValueTask.CompletedTask;

        public void Abort() => Open.TrySetResult();
    }
}
