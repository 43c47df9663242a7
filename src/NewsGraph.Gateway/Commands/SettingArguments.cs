using System.Text.RegularExpressions;
using NewsGraph.Gateway.Hosting;

namespace NewsGraph.Gateway.Commands;

/// <summary>
/// Takes the settings (<c>--Section:Key=value</c>) out of a command line before commands are parsed, so that every
/// command accepts them anywhere and a misspelt one is an error instead of silence.
/// </summary>
/// <param name="Settings">The settings, each as one <c>--Key=value</c>.</param>
/// <param name="Rest">What remains for the commands.</param>
/// <param name="Problem">What is wrong, for the user; null when nothing is.</param>
internal sealed partial record SettingArguments(string[] Settings, string[] Rest, string? Problem)
{
    public static SettingArguments Split(IReadOnlyList<string> args)
    {
        var settings = new List<string>();
        var rest = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--")
            {
                rest.AddRange(args.Skip(i));
                break;
            }

            var match = Setting().Match(args[i]);
            if (!match.Success)
            {
                rest.Add(args[i]);
                continue;
            }

            var name = match.Groups["name"].Value;
            if (!KnownSettings.IsKnown(name))
            {
                return Wrong($"There is no setting '{name}'.{Hint(name)} All settings are listed in schema/SETTINGS.md.");
            }

            if (match.Groups["value"].Success)
            {
                settings.Add(args[i]);
            }
            else if (++i < args.Count && !args[i].StartsWith("--", StringComparison.Ordinal))
            {
                settings.Add($"--{name}={args[i]}");
            }
            else
            {
                return Wrong($"The setting '{name}' has no value. Write --{name}=value.");
            }
        }

        return new SettingArguments([.. settings], [.. rest], null);
    }

    private static SettingArguments Wrong(string problem) => new([], [], problem);

    private static string Hint(string name)
    {
        var nearest = KnownSettings.Nearest(name);
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    // A colon marks a setting; the two without one are ASP.NET Core's own.
    [GeneratedRegex("^--(?<name>urls|environment|AllowedHosts|[A-Za-z][A-Za-z0-9_.]*(:[A-Za-z0-9_.*]+)+)(=(?<value>.*))?$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Setting();
}
