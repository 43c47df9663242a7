namespace NewsGraph.Gateway.Feeds;

public static class FeedRegistration
{
    /// <summary>Adds the feeds: <see cref="FeedLog"/> to write, <see cref="FeedHub"/> to follow.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.AddOptions<FeedOptions>().BindConfiguration("Feeds").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FeedLog>();
        services.AddSingleton<FeedHub>();
        services.AddHostedService<PositionCheck>();
        return services;
    }
}
