namespace NewsGraph.Gateway.Feeds;

public static class FeedRegistration
{
    /// <summary>Adds the feeds: <see cref="FeedLog"/> to write, <see cref="FeedStreams"/> to serve, <see cref="FeedHub"/> to follow.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.AddOptions<FeedOptions>().BindConfiguration("Feeds").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FeedLog>();
        services.AddSingleton<FeedContents>();
        services.AddSingleton<FeedHub>();
        services.AddSingleton<FeedStreams>();
        services.AddSingleton<FeedPruning>();
        services.AddHostedService<PositionCheck>();
        services.AddHostedService<PruneFeeds>();
        return services;
    }
}
