using System.CommandLine;
using System.CommandLine.Invocation;
using NewsGraph.Load.Fanout;
using NewsGraph.Load.Generate;
using NewsGraph.Load.Idle;
using NewsGraph.Load.Raw;
using NewsGraph.Load.Sockets;

namespace NewsGraph.Load;

/// <summary>The command line. Exit codes: 0 all targets met, 1 one missed or something failed, 2 used wrongly.</summary>
internal static class LoadCommands
{
    private const int Misused = 2;

    // Far beyond what the largest values below need; a run always ends.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return parsed.Action is ParseErrorAction ? Misused : code;
        }
        catch (Exception exception) when (exception is UnsupportedMachineException or InvalidOperationException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static RootCommand Root() => new("Puts the gateway under load and says how far it is from its targets. Uses the loopback address and databases of its own. Makes the news that is measured with.")
    {
        Fanout(), Idle(), GenerateCommand.Create(), RawBroadcast(),
    };

    private static Command Fanout()
    {
        var subscribers = Number("--subscribers", 5_000, 1, 9_000, "WebSocket connections with one subscription each, to each of the two servers.");
        var rate = Number("--rate", 20, 1, 500, "Comments a second while latency is measured.");
        var seconds = Number("--seconds", 20, 1, 300, "How long latency is measured.");
        var rounds = Number("--rounds", 3, 0, 20, "How often the most that can be carried is measured, after trying; 0 for not at all.");
        var roundSeconds = Number("--round-seconds", 4, 1, 60, "How long one such measurement takes.");
        var settings = Settings();
        var command = new Command(
            "fanout",
            """
            Fan-out of comments to subscribers of one article on one node: every delivery is counted and timed. Then the most
            that can be carried with a 99th percentile under 250 ms, against a Kestrel WebSocket server that broadcasts the same
            bytes to as many sockets, in the same run. Takes two to four minutes.

            Examples:
              fanout
              fanout --subscribers 500 --rate 50 --rounds 0
              fanout --setting --GraphQL:WebSockets:MaxQueuedMessages=1024
            """)
        {
            subscribers, rate, seconds, rounds, roundSeconds, settings,
        };
        command.SetAction((parsed, cancellationToken) => LimitedAsync(
            token => FanoutRun.RunAsync(
                new FanoutOptions(
                    parsed.GetValue(subscribers), parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(rounds), parsed.GetValue(roundSeconds), parsed.GetValue(settings)!),
                token),
            cancellationToken));
        return command;
    }

    private static Command Idle()
    {
        var subscribers = Number("--subscribers", 5_000, 1, 15_000, "WebSocket connections with one subscription each.");
        var settings = Settings();
        var command = new Command(
            "idle",
            """
            The memory that waiting subscribers cost the server. Takes about a minute.

            Examples:
              idle
              idle --subscribers 1000
            """)
        {
            subscribers, settings,
        };
        command.SetAction((parsed, cancellationToken) => LimitedAsync(
            token => IdleRun.RunAsync(parsed.GetValue(subscribers), parsed.GetValue(settings)!, token), cancellationToken));
        return command;
    }

    private static Command RawBroadcast()
    {
        var command = new Command(RawBroadcastServer.Command, "The server that 'fanout' holds the gateway against, until stopped.") { Hidden = true };
        command.SetAction(async (_, cancellationToken) =>
        {
            await RawBroadcastServer.RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task<int> LimitedAsync(Func<CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        return await run(limit.Token);
    }

    private static Option<string[]> Settings()
    {
        var option = new Option<string[]>("--setting")
        {
            Description = "A setting of the gateway, --Section:Key=value; may be repeated.",
            HelpName = "SETTING",
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => !t.Value.StartsWith("--", StringComparison.Ordinal) || !t.Value.Contains('=', StringComparison.Ordinal)))
            {
                result.AddError("--setting takes --Section:Key=value.");
            }
        });
        return option;
    }

    internal static Option<int> Number(string name, int usual, int least, int most, string description)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description} {least} to {most}.",
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[^1].Value, out var value) || value < least || value > most))
            {
                result.AddError($"{name} takes a whole number from {least} to {most}.");
            }
        });
        return option;
    }
}
