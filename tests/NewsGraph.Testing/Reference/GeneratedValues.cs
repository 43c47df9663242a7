using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using GraphQL.Types;

namespace NewsGraph.Testing.Reference;

/// <summary>Random values of input types, as GraphQL literals and as JSON.</summary>
internal sealed class GeneratedValues(Random random, string[]? known)
{
    private static readonly string[] Texts = ["", "a", "Zoë", "\"quoted\"", "line\nbreak", "tag1", "\u2028 <b>&", "😀", "\0"];
    private static readonly string[] Numbers = ["0", "1", "2", "3", "5", "-1", "100", "2147483647"];

    public string Literal(IGraphType type) => Write(type, isJson: false, depth: 0);

    public string Json(IGraphType type) => random.Next(25) == 0 ? "{\"un\":[\"expected\"]}" : Write(type, isJson: true, depth: 0);

    private string Write(IGraphType type, bool isJson, int depth)
    {
        if (type is NonNullGraphType { ResolvedType: var inner })
        {
            return WriteValue(inner!, isJson, depth);
        }

        return random.Next(7) == 0 ? "null" : WriteValue(type, isJson, depth);
    }

    private string WriteValue(IGraphType type, bool isJson, int depth) => type switch
    {
        ListGraphType list when random.Next(4) == 0 => Write(list.ResolvedType!, isJson, depth),
        ListGraphType list => $"[{string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Write(list.ResolvedType!, isJson, depth + 1)))}]",
        IInputObjectGraphType input => WriteObject(input, isJson, depth),
        EnumerationGraphType symbols => isJson ? $"\"{Symbol(symbols)}\"" : Symbol(symbols),
        IntGraphType or LongGraphType => Pick(Numbers),
        FloatGraphType => random.Next(2) == 0 ? "1.5" : Pick(Numbers),
        BooleanGraphType => random.Next(2) == 0 ? "true" : "false",
        { Name: "DateTime" } => "\"2026-01-02T09:00:00Z\"",
        _ => Text(known is null || random.Next(6) == 0 ? Pick(Texts) : Pick(known)),
    };

    private string WriteObject(IInputObjectGraphType input, bool isJson, int depth)
    {
        var fields = new List<string>();
        var wanted = random.Next(Math.Max(1, input.Fields.Count));
        for (var i = 0; i < input.Fields.Count; i++)
        {
            var field = input.Fields.ElementAt(i);
            var isNeeded = field.ResolvedType is NonNullGraphType && field.DefaultValue is null;
            if (isNeeded || (depth < 3 && (i == wanted || random.Next(8) == 0)))
            {
                fields.Add(isJson ? $"\"{field.Name}\": {Write(field.ResolvedType!, isJson, depth + 1)}" : $"{field.Name}: {Write(field.ResolvedType!, isJson, depth + 1)}");
            }
        }

        return $"{{{string.Join(", ", fields)}}}";
    }

    private string Symbol(EnumerationGraphType symbols) => symbols.Values.ElementAt(random.Next(symbols.Values.Count)).Name;

    private string Pick(string[] values) => values[random.Next(values.Length)];

    // A JSON string without escapes beyond the common ones is a GraphQL string, too.
    private static string Text(string text) => "\"" + JavaScriptEncoder.Default.Encode(text) + "\"";
}

/// <summary>The variables an operation has come to use.</summary>
internal sealed class GeneratedVariables
{
    private readonly List<string> _definitions = [];
    private readonly List<string> _values = [];
    private readonly List<string> _conditions = [];

    public string Definitions => _definitions.Count == 0 ? "" : $"({string.Join(", ", _definitions)})";

    public string Json => $"{{{string.Join(", ", _values)}}}";

    public void Clear()
    {
        _definitions.Clear();
        _values.Clear();
        _conditions.Clear();
    }

    public string Condition(Random random)
    {
        if (_conditions.Count == 0 || (_conditions.Count < 3 && random.Next(3) == 0))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"c{_conditions.Count}");
            var hasDefault = random.Next(3) == 0;
            _definitions.Add(hasDefault ? $"${name}: Boolean = {(random.Next(2) == 0 ? "true" : "false")}" : $"${name}: Boolean!");
            if (!hasDefault || random.Next(2) == 0)
            {
                _values.Add($"\"{name}\": {(random.Next(2) == 0 ? "true" : "false")}");
            }

            _conditions.Add("$" + name);
        }

        return _conditions[random.Next(_conditions.Count)];
    }

    public string Add(IGraphType type, GeneratedValues values, Random random)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"v{_definitions.Count}");
        var definition = new StringBuilder($"${name}: {type}");
        var hasDefault = random.Next(4) == 0;
        if (hasDefault)
        {
            definition.Append(CultureInfo.InvariantCulture, $" = {values.Literal(type)}");
        }

        _definitions.Add(definition.ToString());
        if (type is NonNullGraphType && !hasDefault ? random.Next(30) != 0 : random.Next(3) != 0)
        {
            _values.Add($"\"{name}\": {values.Json(type)}");
        }

        return "$" + name;
    }
}
