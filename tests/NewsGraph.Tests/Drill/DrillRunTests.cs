using NewsGraph.Gateway.Drill;

namespace NewsGraph.Tests.Drill;

public sealed class DrillRunTests
{
    private const int Readers = 3;
    private const int Comments = 40;

    private static readonly DrillPlan Plan = new()
    {
        Clients = Readers,
        Transport = DrillTransport.Sse,
        Rate = 100,
        Duration = TimeSpan.FromSeconds(Comments / 100.0),
        Settle = TimeSpan.FromSeconds(20),
        CutShare = 1,
    };

    [Fact]
    public async Task A_node_that_does_everything_right_passes()
    {
        var result = await RunAsync(Unreliability.None);

        Assert.True(result.Passed);
        Assert.Equal((Comments, Comments), (result.Posted, result.Acknowledged));
        Assert.Equal((Readers * Comments, Readers * Comments), (result.Total.Tally.Expected, result.Total.Tally.Received));
        Assert.InRange(result.Total.P99, TimeSpan.FromMicroseconds(1), result.Total.Max);
    }

    [Fact]
    public async Task Readers_that_are_cut_come_back_and_go_on_where_they_were()
    {
        var result = await RunAsync(Unreliability.None, Plan with { CutEvery = TimeSpan.FromMilliseconds(80) });

        Assert.True(result.Passed, result.Total.ToString());
        Assert.InRange(result.Cuts, 1, 5);
        Assert.InRange(result.Total.Reconnects, 1, result.SocketsCut);
    }

    [Fact]
    public async Task A_comment_whose_acknowledgement_was_lost_is_sent_again_under_its_own_key()
    {
        var result = await RunAsync(Unreliability.None, Plan, node => node.RefuseAfterStoring(5));

        Assert.True(result.Passed);
        Assert.Equal(Comments, result.Acknowledged);
    }

    [Theory]
    [InlineData(Unreliability.Loses)]
    [InlineData(Unreliability.Doubles)]
    [InlineData(Unreliability.Swaps)]
    [InlineData(Unreliability.Invents)]
    [InlineData(Unreliability.Resets)]
    public async Task A_node_that_does_something_wrong_is_found_out(Unreliability fault)
    {
        var result = await RunAsync(fault);

        Assert.False(result.Passed);
        var (tally, wrong) = (result.Total.Tally, Readers * Comments / 10);
        Assert.Equal(fault == Unreliability.Loses ? wrong : 0, tally.Missing);
        Assert.Equal(fault == Unreliability.Doubles ? wrong : 0, tally.Doubled);
        Assert.Equal(fault == Unreliability.Invents ? wrong : 0, tally.Unknown);
        Assert.Equal(fault == Unreliability.Resets ? wrong : 0, result.Total.Resets);
        Assert.Equal(fault == Unreliability.Swaps, tally.OutOfOrder > 0);
    }

    [Fact]
    public async Task An_acknowledged_comment_that_is_not_there_is_found_out()
    {
        var result = await RunAsync(Unreliability.ForgetsAcknowledged);

        Assert.False(result.Passed);
        Assert.Equal(Comments / 10, result.Lost);
    }

    [Fact]
    public async Task Nodes_that_cannot_be_reached_are_named()
    {
        await using var node = await UnreliableNode.StartAsync(Unreliability.None);
        var endpoint = node.Endpoint;
        await node.DisposeAsync();
        var cluster = new RunningCluster([endpoint], null, null);
        var run = new DrillRun(Plan, cluster, TimeProvider.System, _ => { }) { Patience = TimeSpan.FromSeconds(1) };

        var exception = await Assert.ThrowsAsync<DrillException>(() => run.RunAsync(TestContext.Current.CancellationToken));

        Assert.Contains(endpoint.ToString(), exception.Message, StringComparison.Ordinal);
    }

    private static async Task<DrillResult> RunAsync(Unreliability fault, DrillPlan? plan = null, Action<UnreliableNode>? prepare = null)
    {
        await using var node = await UnreliableNode.StartAsync(fault);
        prepare?.Invoke(node);
        await using var cluster = new RunningCluster([node.Endpoint], null, null);
        return await new DrillRun(plan ?? Plan, cluster, TimeProvider.System, _ => { }).RunAsync(TestContext.Current.CancellationToken);
    }
}
