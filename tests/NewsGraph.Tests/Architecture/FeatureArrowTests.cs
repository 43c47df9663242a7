using System.Text.RegularExpressions;
using NewsGraph.Testing;

namespace NewsGraph.Tests.Architecture;

/// <summary>
/// The arrows between the gateway's folders: Comments → Articles → Tags; Related, Search, Ingest → Articles;
/// Moderation → Comments; every feature → Feeds and Storage, never back. A folder may also use what its targets use.
/// </summary>
public sealed partial class FeatureArrowTests
{
    private const string Gateway = "src/NewsGraph.Gateway";

    // Folders that put the others together; nothing but the program may use them.
    private static readonly string[] Composition = ["Hosting", "Commands"];

    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Storage"] = [],
        ["Feeds"] = ["Storage"],
        // What keeps the response cache true: it hears of changes where they are written, whoever makes them.
        ["Caching"] = ["Feeds"],
        // Cleaning and measuring of text: knows no feature and no database.
        ["Content"] = [],
        ["Tags"] = ["Feeds", "Content"],
        ["Authors"] = ["Feeds", "Content"],
        ["Accounts"] = ["Feeds"],
        ["Articles"] = ["Tags", "Authors"],
        ["Comments"] = ["Articles"],
        ["Related"] = ["Articles"],
        ["Search"] = ["Articles"],
        // An export carries each article's comment threads along.
        ["Ingest"] = ["Articles", "Comments"],
        ["Moderation"] = ["Comments"],
        // The loss drill is a client like any other: it knows the wire alone.
        ["Drill"] = [],
    };

    [Fact]
    public void Every_folder_of_the_gateway_has_its_place_among_the_arrows()
    {
        var folders = Sources().Select(source => source.Folder).Distinct();

        Assert.Empty(folders.Except(Arrows.Keys).Except(Composition));
    }

    [Fact]
    public void A_folder_uses_only_the_folders_its_arrows_point_to()
    {
        var wrong =
            from source in Sources()
            where Arrows.ContainsKey(source.Folder)
            from used in Used(source.Path)
            where used != source.Folder && IsFolder(used) && !Reachable(source.Folder).Contains(used)
            select $"{Path.GetRelativePath(Repository.Root, source.Path)} uses {used}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_arrows_form_no_circle() =>
        Assert.All(Arrows.Keys, folder => Assert.DoesNotContain(folder, Reachable(folder)));

    // Generated migrations and models name every entity; Storage itself finds mappings by scanning the assembly.
    private static IEnumerable<(string Folder, string Path)> Sources() =>
        from path in Repository.Files(Gateway)
        where path.EndsWith(".cs", StringComparison.Ordinal)
        let parts = Path.GetRelativePath(Path.Combine(Repository.Root, Gateway), path).Split(Path.DirectorySeparatorChar)
        where parts.Length > 1 && !parts.Contains("Migrations") && !parts.Contains("CompiledModel")
        select (parts[0], path);

    private static IEnumerable<string> Used(string path) => File.ReadLines(path)
        .Select(line => line.TrimStart())
        .Where(line => !line.StartsWith("namespace ", StringComparison.Ordinal) && !line.StartsWith("//", StringComparison.Ordinal))
        .SelectMany(line => GatewayName().Matches(line))
        .Select(match => match.Groups[1].Value)
        .Distinct();

    private static bool IsFolder(string name) => Arrows.ContainsKey(name) || Composition.Contains(name);

    private static HashSet<string> Reachable(string folder)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Arrows[folder]);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var further in Arrows[next])
                {
                    open.Push(further);
                }
            }
        }

        return reached;
    }

    [GeneratedRegex(@"\bNewsGraph\.Gateway\.([A-Z]\w*)")]
    private static partial Regex GatewayName();
}
