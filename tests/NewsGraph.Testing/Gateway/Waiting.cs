namespace NewsGraph.Testing.Gateway;

/// <summary>How long tests wait for what must happen.</summary>
public static class Waiting
{
    /// <summary>Far longer than anything takes; only a failure reaches it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits for something that nobody announces: asks again and again, up to the limit.</summary>
    public static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await happened())
        {
            await often.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Waits for something that nobody announces: asks again and again, up to the limit.</summary>
    public static Task UntilAsync(Func<bool> happened) => UntilAsync(() => Task.FromResult(happened()));
}
