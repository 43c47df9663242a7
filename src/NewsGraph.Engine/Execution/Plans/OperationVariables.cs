using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>
/// Reads an operation's variables by GraphQL.NET's rules. Scalars are read straight from the request; what holds lists
/// or objects goes through GraphQL.NET, and so does every request that is wrong, which then tells the error.
/// </summary>
internal sealed class OperationVariables
{
    private readonly ISchema _schema;
    private readonly GraphQLDocument _document;
    private readonly GraphQLOperationDefinition _operation;
    private readonly List<ScalarVariable>? _scalars;

    /// <exception cref="ExecutionError">A default value cannot be coerced.</exception>
    public OperationVariables(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation)
    {
        _schema = schema;
        _document = document;
        _operation = operation;
        _scalars = Scalars();
    }

    /// <summary>Null when a variable is wrong.</summary>
    /// <param name="json">The request's variables.</param>
    /// <exception cref="NotUnicodeException">A string is not valid Unicode (half a surrogate pair).</exception>
    public async ValueTask<Variables?> ReadAsync(JsonElement json)
    {
        if (_scalars is null)
        {
            return await ReadAllAsync(json);
        }

        var variables = _scalars.Count == 0 ? Variables.None : new Variables();
        var found = 0;
        foreach (var scalar in _scalars)
        {
            JsonElement value = default;
            var isGiven = json.ValueKind == JsonValueKind.Object && json.TryGetProperty(scalar.Name, out value);
            found += isGiven ? 1 : 0;
            if (!scalar.TryRead(isGiven ? value : null, out var variable))
            {
                return null;
            }

            if (variable is not null)
            {
                variables.Add(variable);
            }
        }

        // What nobody declared is looked at too: it may be no text at all.
        return found == Count(json) ? variables : await ReadAllAsync(json);
    }

    private static int Count(JsonElement json) => json.ValueKind == JsonValueKind.Object ? json.GetPropertyCount() : 0;

    private async ValueTask<Variables?> ReadAllAsync(JsonElement json)
    {
        var context = NewContext(InputsReader.Read(json));
        var (variables, errors) = await context.GetVariablesValuesAsync();
        return errors is { Count: > 0 } ? null : variables;
    }

    private ValidationContext NewContext(Inputs inputs) => new()
    {
        Schema = _schema,
        Document = _document,
        Operation = _operation,
        TypeInfo = new TypeInfo(_schema),
        Variables = inputs,
        Extensions = Inputs.Empty,
        UserContext = new Dictionary<string, object?>(),
        Metrics = GraphQL.Instrumentation.Metrics.None,
    };

    private List<ScalarVariable>? Scalars()
    {
        var definitions = _operation.Variables?.Items ?? [];
        var usages = definitions.Count == 0 ? null : NewContext(Inputs.Empty).GetRecursiveVariables(_operation);
        var scalars = new List<ScalarVariable>(definitions.Count);
        foreach (var definition in definitions)
        {
            var type = definition.Type.GraphTypeFromType(_schema);
            if ((type is NonNullGraphType { ResolvedType: var inner } ? inner : type) is not ScalarGraphType scalar)
            {
                return null;
            }

            var isUsedAsNonNull = usages?.Exists(usage => usage.Node.Name == definition.Variable.Name && usage.Type is NonNullGraphType) == true;
            var value = definition.DefaultValue is { } literal ? ExecutionHelper.CoerceValue(type!, literal).Value : null;
            scalars.Add(new ScalarVariable(definition, scalar, type is NonNullGraphType, isUsedAsNonNull, value));
        }

        return scalars;
    }

    private sealed class ScalarVariable(GraphQLVariableDefinition definition, ScalarGraphType type, bool isNonNull, bool isUsedAsNonNull, object? defaultValue)
    {
        public string Name { get; } = definition.Variable.Name.StringValue;

        public bool TryRead(JsonElement? json, out Variable? variable)
        {
            variable = null;
            if (json is { } given)
            {
                if (given.ValueKind == JsonValueKind.Null && (isNonNull || isUsedAsNonNull))
                {
                    return false;
                }

                return TryParse(given, out var value) && Keep(new Variable(Name, definition) { Value = value }, out variable);
            }

            if (definition.DefaultValue is not null)
            {
                return Keep(new Variable(Name, definition) { Value = defaultValue, IsDefault = true }, out variable);
            }

            return !isNonNull && Keep(new Variable(Name, definition), out variable);
        }

        private static bool Keep(Variable made, out Variable? variable)
        {
            variable = made;
            return true;
        }

        private bool TryParse(JsonElement json, out object? value)
        {
            var input = InputsReader.ReadAny(json);
            try
            {
                value = type.ParseValue(input);
                return true;
            }
            catch (Exception)
            {
                // Scalars throw what they like; GraphQL.NET makes the client's error of it.
                value = null;
                return false;
            }
        }
    }
}
