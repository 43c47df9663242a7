using System.Globalization;

namespace NewsGraph.Benchmarks;

/// <summary>How much is measured. Every number has an upper bound, so that a run always ends.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage =
        """
        Measures the gateway's three speed targets and prints how far it is from each.

        Usage: dotnet run -c Release --project tests/NewsGraph.Benchmarks [-- options]

          --starts N       starts of the gateway, 1 to 50                        (default 5)
          --rounds N       rounds of the article page, 1 to 100                  (default 9)
          --requests N     requests in a round and server, 10 to 10000           (default 400)
          --warm-up N      requests to each server beforehand, 0 to 20000        (default 3000)
          --subscribers N  WebSocket connections, 1 to 5000                      (default 1000)
          --help           this text

        It uses the loopback address and a database of its own with the demo content. It takes about a minute. Exit code 0: all
        targets met; 1: one missed, or something failed; 2: used wrongly.
        """;

    private static readonly Dictionary<string, (int Least, int Most)> Bounds = new(StringComparer.Ordinal)
    {
        ["--starts"] = (1, 50),
        ["--rounds"] = (1, 100),
        ["--requests"] = (10, 10_000),
        ["--warm-up"] = (0, 20_000),
        ["--subscribers"] = (1, 5_000),
    };

    public bool Help { get; private init; }

    public int Starts { get; private init; } = 5;

    public int Rounds { get; private init; } = 9;

    public int Requests { get; private init; } = 400;

    public int WarmUp { get; private init; } = 3_000;

    public int Subscribers { get; private init; } = 1_000;

    /// <summary>The options on a command line; null, and what is wrong, when it is used wrongly.</summary>
    public static BenchmarkOptions? Parse(string[] args, out string? problem)
    {
        var options = new BenchmarkOptions();
        problem = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--help" or "-h")
            {
                return new BenchmarkOptions { Help = true };
            }

            var name = args[i];
            if (!Bounds.TryGetValue(name, out var bounds))
            {
                problem = $"There is no option '{name}'; --help lists them.";
                return null;
            }

            if (++i == args.Length || !int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                || value < bounds.Least || value > bounds.Most)
            {
                problem = $"{name} takes a whole number from {bounds.Least} to {bounds.Most}.";
                return null;
            }

            options = name switch
            {
                "--starts" => options with { Starts = value },
                "--rounds" => options with { Rounds = value },
                "--requests" => options with { Requests = value },
                "--warm-up" => options with { WarmUp = value },
                _ => options with { Subscribers = value },
            };
        }

        return options;
    }
}
