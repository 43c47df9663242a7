using GraphQL.MicrosoftDI;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Gateway.Hosting;

/// <summary>The schema: the roots, to which every feature has added its fields.</summary>
internal sealed class NewsSchema : Schema
{
    public NewsSchema(IServiceProvider services)
        : base(services)
    {
        Description = "NewsGraph: articles, tags, related posts and comments, with new comments pushed as they arrive.";
        this.UseConventions();
        Query = services.GetRequiredService<QueryType>();
        Mutation = services.GetRequiredService<MutationType>();
        Subscription = services.GetRequiredService<SubscriptionType>();
        this.RegisterTypes(services.GetServices<AdditionalType>());
    }

    /// <summary>The schema as SDL.</summary>
    public static string Print(IServiceProvider services) => services.GetRequiredService<SchemaDocument>().Text;
}

internal static class NewsSchemaRegistration
{
    public static IServiceCollection AddNewsSchema(this IServiceCollection services) =>
        services
            .AddFields<QueryType, NodeFields>()
            .AddSingleton<ISchema>(provider => new NewsSchema(new SelfActivatingServiceProvider(provider)));
}
