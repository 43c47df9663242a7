using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NewsGraph.Gateway.Drill;

namespace NewsGraph.Gateway.Commands;

/// <summary>The options of <c>drill</c>. Each has bounds, and what does not fit together is refused.</summary>
internal sealed class DrillOptions
{
    private const double LongestPause = 3_600;

    private readonly Option<string[]> _endpoints = new("--endpoint")
    {
        Description = "The GraphQL endpoint of a node that is there; may be repeated.",
        HelpName = "URL",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int> _spawnNodes = Number("--spawn-nodes", 0, 1, 8, "Nodes that the drill starts itself, instead of --endpoint.");
    private readonly Option<string> _redisServer = new("--redis-server")
    {
        Description = "The redis-server to start with them, when there are several.",
        HelpName = "PATH",
        DefaultValueFactory = _ => "redis-server",
    };

    private readonly Option<string?> _directory = new("--directory")
    {
        Description = "Where their database and logs stay. Otherwise they are deleted.",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _article = new("--article")
    {
        Description = "The article's slug or id. Otherwise the most recent one that takes comments.",
        HelpName = "SLUG|ID",
    };

    private readonly Option<int> _clients = Number("--clients", 50, 1, 5_000, "Readers.");
    private readonly Option<DrillTransport> _transport = new("--transport")
    {
        Description = "How readers are connected: ws (WebSocket), sse (server-sent events), or half of them each.",
        HelpName = "ws|sse|mixed",
        DefaultValueFactory = _ => DrillTransport.Mixed,
    };

    private readonly Option<double> _rate = Seconds("--rate", 10, 0.1, 500, "Comments a second.");
    private readonly Option<double> _duration = Seconds("--duration", 60, 1, 3_600, "How many seconds comments are posted and things broken.");
    private readonly Option<double> _settle = Seconds("--settle", 30, 1, 600, "How many seconds after that readers may take to get the rest.");
    private readonly Option<double?> _killNode = Every("--kill-node-every", "Kills a node (SIGKILL) and starts it again every N seconds.");
    private readonly Option<double?> _restartRedis = Every("--restart-redis-every", "Kills Redis (SIGKILL) and starts it again every N seconds.");
    private readonly Option<double?> _cut = Every("--cut-every", "Cuts the connections of some readers every N seconds.");
    private readonly Option<double> _cutShare = Seconds("--cut-share", 0.25, 0.001, 1, "The share of readers whose connections a cut cuts.");
    private readonly Option<string?> _nodeCommand = new("--node-restart-command")
    {
        Description = "With --endpoint: the shell command that kills a node and starts it again.",
        HelpName = "COMMAND",
    };

    private readonly Option<string?> _redisCommand = new("--redis-restart-command")
    {
        Description = "With --endpoint: the shell command that kills Redis and starts it again.",
        HelpName = "COMMAND",
    };

    /// <summary>Whether every reader is printed.</summary>
    public Option<bool> Details { get; } = new("--details") { Description = "Prints every reader, not only the worst." };

    /// <summary>The file for the result as JSON.</summary>
    public Option<FileInfo?> Json { get; } = new("--json") { Description = "Writes the result to this file, too, every reader included.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _endpoints, _spawnNodes, _redisServer, _directory, _article, _clients, _transport, _rate, _duration, _settle,
            _killNode, _restartRedis, _cut, _cutShare, _nodeCommand, _redisCommand, Details, Json,
        ];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }

        _endpoints.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => !IsEndpoint(t.Value)))
            {
                result.AddError($"'{token.Value}' is no http address.");
            }
        });
        command.Validators.Add(Check);
    }

    public DrillSetting Read(ParseResult parsed, IReadOnlyList<string> settings) => new()
    {
        Plan = new DrillPlan
        {
            Article = parsed.GetValue(_article),
            Clients = parsed.GetValue(_clients),
            Transport = parsed.GetValue(_transport),
            Rate = parsed.GetValue(_rate),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(_duration)),
            Settle = TimeSpan.FromSeconds(parsed.GetValue(_settle)),
            KillNodeEvery = Pause(parsed.GetValue(_killNode)),
            RestartRedisEvery = Pause(parsed.GetValue(_restartRedis)),
            CutEvery = Pause(parsed.GetValue(_cut)),
            CutShare = parsed.GetValue(_cutShare),
        },
        Endpoints = [.. parsed.GetValue(_endpoints)!.Select(text => new Uri(text))],
        SpawnNodes = parsed.GetValue(_spawnNodes),
        RedisServer = parsed.GetValue(_redisServer)!,
        Directory = parsed.GetValue(_directory),
        NodeSettings = settings,
        NodeCommand = parsed.GetValue(_nodeCommand),
        RedisCommand = parsed.GetValue(_redisCommand),
    };

    private void Check(CommandResult result)
    {
        var spawns = result.GetResult(_spawnNodes) is { Implicit: false };
        var connects = result.GetResult(_endpoints) is { Implicit: false };
        if (spawns == connects)
        {
            result.AddError("Say either --endpoint URL, for nodes that are there, or --spawn-nodes N.");
            return;
        }

        Require(result, connects, _killNode, _nodeCommand);
        Require(result, connects, _restartRedis, _redisCommand);
    }

    // Somebody else's servers can only be restarted by somebody else's command; and a command is run at intervals.
    private static void Require(CommandResult result, bool connects, Option every, Option command)
    {
        var (asked, told) = (result.GetResult(every) is not null, result.GetResult(command) is not null);
        if (connects && asked != told)
        {
            result.AddError($"With --endpoint, {every.Name} and {command.Name} go together.");
        }
        else if (!connects && told)
        {
            result.AddError($"{command.Name} goes with --endpoint; nodes of its own the drill restarts itself.");
        }
    }

    private static bool IsEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static TimeSpan? Pause(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static Option<int> Number(string name, int usual, int least, int most, string description) =>
        Bounded(new Option<int>(name) { DefaultValueFactory = _ => usual }, least, most, description, whole: true);

    private static Option<double> Seconds(string name, double usual, double least, double most, string description) =>
        Bounded(new Option<double>(name) { DefaultValueFactory = _ => usual }, least, most, description, whole: false);

    private static Option<double?> Every(string name, string description) =>
        Bounded(new Option<double?>(name), 0.5, LongestPause, description, whole: false);

    private static Option<T> Bounded<T>(Option<T> option, double least, double most, string description, bool whole)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        option.Description = $"{description} {range}.";
        option.HelpName = "N";
        option.Validators.Add(result =>
        {
            var style = whole ? NumberStyles.None : NumberStyles.AllowDecimalPoint;
            if (result.Tokens.Count > 0
                && (!double.TryParse(result.Tokens[^1].Value, style, CultureInfo.InvariantCulture, out var value) || value < least || value > most))
            {
                result.AddError($"{option.Name} takes a {(whole ? "whole number" : "number")} from {range}.");
            }
        });
        return option;
    }
}
