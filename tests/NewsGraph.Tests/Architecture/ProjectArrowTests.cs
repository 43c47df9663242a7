using System.Reflection;

namespace NewsGraph.Tests.Architecture;

/// <summary>Gateway → Transports → Engine → GraphQL.NET and Gateway → PubSub → StackExchange.Redis, and no other way.</summary>
public sealed class ProjectArrowTests
{
    [Theory]
    [InlineData("NewsGraph.Engine", "NewsGraph.", "Microsoft.AspNetCore.", "Microsoft.EntityFrameworkCore", "StackExchange.Redis")]
    [InlineData("NewsGraph.Transports", "NewsGraph.PubSub", "NewsGraph.Gateway", "GraphQL", "Microsoft.EntityFrameworkCore", "StackExchange.Redis")]
    [InlineData("NewsGraph.PubSub", "NewsGraph.", "GraphQL", "Microsoft.AspNetCore.", "Microsoft.EntityFrameworkCore")]
    [InlineData("NewsGraph.Gateway", "StackExchange.Redis", "NewsGraph.Test")]
    public void A_project_knows_only_what_lies_below_it(string project, params string[] forbidden)
    {
        var wrong = Assembly.Load(project).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => forbidden.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));

        Assert.Empty(wrong);
    }
}
