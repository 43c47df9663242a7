using GraphQL.Types;
using NewsGraph.Engine.Execution.Json;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>The kinds of value a field gives.</summary>
internal enum ShapeKind
{
    Leaf,
    Object,
    Abstract,
    List,
}

/// <summary>What a field's type says of its value, taken apart once.</summary>
internal sealed class ValueShape
{
    private ValueShape(IGraphType type)
    {
        Type = type;
        IsNonNull = type is NonNullGraphType;
        var named = type is NonNullGraphType { ResolvedType: var inner } ? inner! : type;
        switch (named)
        {
            case ListGraphType list:
                Kind = ShapeKind.List;
                Item = new ValueShape(list.ResolvedType!);
                break;
            case IObjectGraphType target:
                Kind = ShapeKind.Object;
                Object = target;
                break;
            case IAbstractGraphType many:
                Kind = ShapeKind.Abstract;
                Abstract = many;
                break;
            case ScalarGraphType scalar:
                Kind = ShapeKind.Leaf;
                Scalar = scalar;
                Leaf = LeafWriter.For(scalar);
                break;
            default:
                throw new InvalidOperationException($"Unexpected type: {named}");
        }
    }

    /// <summary>The whole type, as errors name it.</summary>
    public IGraphType Type { get; }

    public ShapeKind Kind { get; }

    public bool IsNonNull { get; }

    /// <summary>What a list holds.</summary>
    public ValueShape? Item { get; }

    public IObjectGraphType? Object { get; }

    public IAbstractGraphType? Abstract { get; }

    public ScalarGraphType? Scalar { get; }

    public LeafWriter? Leaf { get; }

    public static ValueShape Of(IGraphType type) => new(type);
}
