using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NewsGraph.Gateway.Hosting;

namespace NewsGraph.Testing;

/// <summary>Writes <c>schema/SETTINGS.md</c> from the option classes, their defaults, ranges and documentation.</summary>
public static partial class SettingsPage
{
    public static string Write()
    {
        var page = new StringBuilder(
            """
            # Settings

            Every setting can be given as an argument of every command (`--Storage:Directory=/var/lib/newsgraph`), in the
            environment with `__` for `:` (`Storage__Directory=/var/lib/newsgraph`), or in `appsettings.json` beside the
            program; the argument wins over the environment, and the environment over the file. A setting out of its range
            stops the start with one line that says what it may be.

            A duration is written `hh:mm:ss`, with a fraction if need be: `00:00:02.5`. Items of a list are numbered:
            `--GraphQL:Cors:AllowedOrigins:0=https://example.com`.

            This page is written by a test from the option classes; change the documentation there.

            ## Host

            | Setting | Type | Default | Meaning |
            |---|---|---|---|

            """);
        foreach (var setting in KnownSettings.Host)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{setting.Name}` | {setting.Type} | {setting.Default} | {setting.Meaning} |\n");
        }

        foreach (var section in KnownSettings.Sections)
        {
            Write(page, section);
        }

        return page.ToString();
    }

    private static void Write(StringBuilder page, SettingsSection section)
    {
        var meanings = Meanings(section.Options.Assembly);
        var defaults = Activator.CreateInstance(section.Options)!;
        page.Append(CultureInfo.InvariantCulture, $"\n## {section.Name}\n\n| Setting | Type | Default | Range | Meaning |\n|---|---|---|---|---|\n");
        foreach (var property in section.Properties)
        {
            var meaning = meanings.GetValueOrDefault($"P:{section.Options.FullName}.{property.Name}", "");
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{section.Name}:{property.Name}` | {Kind(property.PropertyType)} | {DefaultOf(property.GetValue(defaults))} | {RangeOf(property)} | {meaning} |\n");
        }
    }

    private static string Kind(Type type) =>
        type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) ? "list of texts"
        : SettingsCheck.Kind(Nullable.GetUnderlyingType(type) ?? type) is var kind && kind.StartsWith("a ", StringComparison.Ordinal) ? kind[2..] : kind;

    private static string DefaultOf(object? value) => value switch
    {
        null or "" => "none",
        bool flag => flag ? "`true`" : "`false`",
        string text => $"`{text}`",
        TimeSpan span => $"`{span:c}`",
        IEnumerable => "none",
        IFormattable number => string.Create(CultureInfo.InvariantCulture, $"{number:N0}"),
        _ => $"`{value}`",
    };

    private static string RangeOf(PropertyInfo property) => property.GetCustomAttribute<RangeAttribute>() is { } range
        ? $"{SettingsCheck.Limit(range.Minimum)} to {SettingsCheck.Limit(range.Maximum)}"
        : property.GetCustomAttribute<StringLengthAttribute>() is { } length
            ? string.Create(CultureInfo.InvariantCulture, $"at most {length.MaximumLength:N0} characters")
            : "";

    // The compiler puts the documentation beside the assembly. Default and range have columns of their own.
    private static Dictionary<string, string> Meanings(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(
            member => member.Attribute("name")!.Value,
            member => Prose(Text(member.Element("summary"))));

    private static string Prose(string summary)
    {
        var text = Default().Replace(Space().Replace(summary, " "), "");
        return Range().Replace(text, "").Replace("..", ".", StringComparison.Ordinal).Trim();
    }

    private static string Text(XElement? element) => element is null ? "" : string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Attribute("langword")?.Value}`",
        _ => "",
    }));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@" Range: [^.]*\.| Default: (\S+|\d+ \w+)\.(?= |$)|; default [^.(]*(?=\.| \()")]
    private static partial Regex Default();

    [GeneratedRegex(@",? (\d[\d,.]*( [A-Za-z]+)?|One second) to (\d[\d,]*( [A-Za-z]+)?|five minutes|one minute)(?=[.; ]|$)")]
    private static partial Regex Range();
}
