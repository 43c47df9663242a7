using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Commands;

/// <summary><c>comments</c>: for people on call, beside a running gateway. Readers who follow the article are told.</summary>
internal static class CommentsCommand
{
    /// <param name="build">Builds the gateway, whose services do the work; it is not started.</param>
    public static Command Create(Func<WebApplication> build)
    {
        var command = new Command(
            "comments",
            """
            Hides comments and shows them again, closes articles to new comments and opens them. The gateway may be running:
            readers who follow the article are told within seconds. A comment is named by its id, an article by its slug.

            Examples:
              comments remove Q29tbWVudDo0Mg==
              comments close storm-over-skellport
            """);
        command.Subcommands.Add(OfComments("remove", "Hides comments; what answers them stays.", build, (services, id, token) =>
            services.GetRequiredService<RemoveComment>().RunAsync(id, CommentStatus.Trash, token)));
        command.Subcommands.Add(OfComments("restore", "Shows hidden comments.", build, (services, id, token) =>
            services.GetRequiredService<RestoreComment>().RunAsync(id, token)));
        command.Subcommands.Add(OfArticles("close", "Ends commenting; what is there stays.", build, (services, id, token) =>
            services.GetRequiredService<CloseComments>().RunAsync(id, token)));
        command.Subcommands.Add(OfArticles("open", "Lets readers comment.", build, (services, id, token) =>
            services.GetRequiredService<OpenComments>().RunAsync(id, token)));
        return command;
    }

    private static Command OfComments(string name, string description, Func<WebApplication> build, Act act) =>
        Create(name, description, "ID", build, act, (_, text, _) => Task.FromResult(
            GlobalId.TryParse(text, out var id) && id.TypeName == "Comment" && id.TryGetInt64(out var key) ? key : (long?)null));

    private static Command OfArticles(string name, string description, Func<WebApplication> build, Act act) =>
        Create(name, description, "SLUG", build, act, async (services, slug, token) =>
        {
            await using var db = services.GetRequiredService<IDbContextFactory<NewsContext>>().CreateDbContext();
            return await db.Set<Article>().Where(a => a.Slug == slug).Select(a => (long?)a.Id).SingleOrDefaultAsync(token);
        });

    private static Command Create(string name, string description, string helpName, Func<WebApplication> build, Act act, Find find)
    {
        var names = new Argument<string[]>("names") { Description = "Which.", Arity = ArgumentArity.OneOrMore, HelpName = helpName };
        var command = new Command(name, description) { names };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = build();
            await app.Services.GetRequiredService<DatabaseSetup>().PrepareAsync(cancellationToken);
            var code = GatewayCommands.Done;
            foreach (var text in parsed.GetValue(names)!)
            {
                if (await find(app.Services, text, cancellationToken) is not { } id || !await act(app.Services, id, cancellationToken))
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"{text}: there is none");
                    code = GatewayCommands.Failed;
                }
            }

            return code;
        });
        return command;
    }

    private delegate Task<bool> Act(IServiceProvider services, long id, CancellationToken cancellationToken);

    private delegate Task<long?> Find(IServiceProvider services, string name, CancellationToken cancellationToken);
}
