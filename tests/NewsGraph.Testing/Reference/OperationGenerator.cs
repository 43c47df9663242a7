using System.Globalization;
using System.Text;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace NewsGraph.Testing.Reference;

/// <summary>
/// Writes random operations over a schema, the same for the same seed. Nearly all are valid; the others are worth comparing, too.
/// </summary>
/// <param name="schema">The schema, initialized.</param>
/// <param name="seed">The seed.</param>
/// <param name="known">Values worth asking for, by the name of the argument.</param>
public sealed class OperationGenerator(ISchema schema, int seed, IReadOnlyDictionary<string, string[]>? known = null)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, string> _fragments = new(StringComparer.Ordinal);
    private readonly StringBuilder _fragmentText = new();
    private readonly GeneratedVariables _variables = new();
    private int _budget;

    /// <summary>The next operation and the JSON of its variables.</summary>
    /// <param name="kind">What kind of operation.</param>
    /// <param name="fields">About how many fields it has at most.</param>
    public (string Query, string Variables) Next(OperationType kind, int fields = 60)
    {
        _fragments.Clear();
        _fragmentText.Clear();
        _variables.Clear();
        _budget = fields;
        var root = kind == OperationType.Mutation ? schema.Mutation! : schema.Query;
        var selection = Selection(root, 0);
        var name = kind == OperationType.Mutation ? "mutation" : "query";
        return ($"{name} Generated{_variables.Definitions} {selection}\n{_fragmentText}", _variables.Json);
    }

    private string Selection(IGraphType type, int depth)
    {
        var text = new StringBuilder("{ ");
        var count = 1 + _random.Next(depth == 0 ? 5 : 6);
        var fields = type is IComplexGraphType complex ? complex.Fields.Where(field => depth < 6 || IsLeaf(field)).ToList() : [];
        for (var i = 0; i < count; i++)
        {
            text.Append(_random.Next(12) switch
            {
                0 => "__typename" + Condition(),
                1 or 2 when depth < 6 => Fragment(type, depth),
                _ when fields.Count > 0 && _budget > 0 => Field(type, fields[_random.Next(fields.Count)], depth),
                _ => "__typename",
            }).Append(' ');
        }

        return text.Append('}').ToString();
    }

    private string Field(IGraphType parent, FieldType field, int depth)
    {
        _budget--;
        var arguments = Arguments(field);
        var alias = Alias(parent, field, arguments);
        var type = field.ResolvedType!.GetNamedType();
        var selection = type is ScalarGraphType ? "" : " " + Selection(type, depth + 1);
        return $"{alias}{field.Name}{arguments}{Condition()}{selection}";
    }

    // The same name stands for the same field with the same arguments, so that places merge rather than contradict.
    private string Alias(IGraphType parent, FieldType field, string arguments)
    {
        if (arguments.Length > 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{parent.Name}_{field.Name}_{StableHash(arguments)}: ");
        }

        return _random.Next(4) switch
        {
            0 => $"also_{parent.Name}_{field.Name}: ",
            1 => $"{parent.Name}_{field.Name}: ",
            _ => "",
        };
    }

    private string Fragment(IGraphType type, int depth)
    {
        var target = Related(type);
        if (_random.Next(2) == 0)
        {
            var condition = target == type && _random.Next(2) == 0 ? "" : $"on {target.Name} ";
            return $"... {condition}{Condition()} {Selection(target, depth + 1)}";
        }

        if (!_fragments.TryGetValue(target.Name, out var name))
        {
            // Named after its selection is made: a fragment that uses itself is not valid.
            var selection = Selection(target, depth + 2);
            name = string.Create(CultureInfo.InvariantCulture, $"Part{_fragments.Count}Of{target.Name}");
            if (_fragments.TryAdd(target.Name, name))
            {
                _fragmentText.Append(CultureInfo.InvariantCulture, $"fragment {name} on {target.Name} {selection}\n");
            }
            else
            {
                name = _fragments[target.Name];
            }
        }

        return $"...{name}{Condition()}";
    }

    private IGraphType Related(IGraphType type)
    {
        var related = type switch
        {
            IAbstractGraphType many => [type, .. many.PossibleTypes],
            IObjectGraphType one => [type, .. one.ResolvedInterfaces],
            _ => new List<IGraphType> { type },
        };
        return related[_random.Next(related.Count)];
    }

    private string Condition()
    {
        if (_random.Next(8) != 0)
        {
            return "";
        }

        var name = _random.Next(2) == 0 ? "@skip" : "@include";
        var value = _random.Next(3) == 0
            ? (_random.Next(2) == 0 ? "true" : "false")
            : _variables.Condition(_random);
        return $" {name}(if: {value})";
    }

    private string Arguments(FieldType field)
    {
        var given = new List<string>();
        foreach (var argument in field.Arguments ?? Enumerable.Empty<QueryArgument>())
        {
            var isNeeded = argument.ResolvedType is NonNullGraphType && argument.DefaultValue is null;
            if (isNeeded || _random.Next(3) == 0)
            {
                given.Add($"{argument.Name}: {Argument(argument)}");
            }
        }

        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private string Argument(QueryArgument argument)
    {
        var values = new GeneratedValues(_random, known?.GetValueOrDefault(argument.Name));
        if (_random.Next(2) == 0)
        {
            return values.Literal(argument.ResolvedType!);
        }

        return _variables.Add(argument.ResolvedType!, values, _random);
    }

    private static bool IsLeaf(FieldType field) => field.ResolvedType!.GetNamedType() is ScalarGraphType;

    private static uint StableHash(string text) => text.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
}
