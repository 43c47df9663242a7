using System.Globalization;
using GraphQLParser;
using GraphQLParser.AST;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Engine.Limits;

/// <summary>Holds a parsed document to the limits that need no schema, before rules with worse than linear cost see it.</summary>
internal sealed class DocumentLimits
{
    private readonly GraphQLDocument _document;
    private readonly GraphQLLimitsOptions _limits;
    private readonly Dictionary<ROM, GraphQLFragmentDefinition> _fragments = [];
    private readonly HashSet<ROM> _path = [];
    private int _fields;
    private int _visits;

    private DocumentLimits(GraphQLDocument document, GraphQLLimitsOptions limits)
    {
        _document = document;
        _limits = limits;
    }

    public static RefusedError? Check(GraphQLDocument document, GraphQLLimitsOptions limits)
    {
        var check = new DocumentLimits(document, limits);
        foreach (var definition in document.Definitions)
        {
            if (check.Count(definition) is { } error)
            {
                return error;
            }
        }

        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLOperationDefinition operation && !check.Visit(operation.SelectionSet))
            {
                return check.Refuse($"The document visits fragments more than the allowed {limits.MaxFragmentVisits} times.", operation);
            }
        }

        return null;
    }

    private RefusedError? Count(ASTNode definition)
    {
        switch (definition)
        {
            case GraphQLOperationDefinition operation:
                return CheckDirectives(operation) ?? CheckVariables(operation) ?? Count(operation.SelectionSet);
            case GraphQLFragmentDefinition fragment:
                _fragments.TryAdd(fragment.FragmentName.Name.Value, fragment);
                return CheckDirectives(fragment) ?? Count(fragment.SelectionSet);
            default:
                return null;
        }
    }

    private RefusedError? Count(GraphQLSelectionSet? selections)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            if (selection is GraphQLField && ++_fields > _limits.MaxFields)
            {
                return Refuse($"The document has more than the allowed {_limits.MaxFields} fields.", selection);
            }

            var error = CheckDirectives((IHasDirectivesNode)selection)
                ?? Count((selection as IHasSelectionSetNode)?.SelectionSet);
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private RefusedError? CheckVariables(GraphQLOperationDefinition operation)
    {
        foreach (var variable in operation.Variables?.Items ?? [])
        {
            if (CheckDirectives(variable) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private RefusedError? CheckDirectives(IHasDirectivesNode node) =>
        node.Directives is { } directives && directives.Count > _limits.MaxDirectivesPerLocation
            ? Refuse($"The document has more than the allowed {_limits.MaxDirectivesPerLocation} directives at one place.", directives[0])
            : null;

    private bool Visit(GraphQLSelectionSet? selections)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            if (selection is GraphQLFragmentSpread spread)
            {
                if (!VisitFragment(spread.FragmentName.Name.Value))
                {
                    return false;
                }
            }
            else if (!Visit((selection as IHasSelectionSetNode)?.SelectionSet))
            {
                return false;
            }
        }

        return true;
    }

    private bool VisitFragment(ROM name)
    {
        if (++_visits > _limits.MaxFragmentVisits)
        {
            return false;
        }

        // A cycle is a matter of validation; here it must only not be followed.
        if (!_fragments.TryGetValue(name, out var fragment) || !_path.Add(name))
        {
            return true;
        }

        var withinLimit = Visit(fragment.SelectionSet);
        _path.Remove(name);
        return withinLimit;
    }

    private RefusedError Refuse(FormattableString message, ASTNode node) =>
        new(message.ToString(CultureInfo.InvariantCulture), null, _document, node);
}
