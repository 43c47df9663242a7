using GraphQL.Types;
using NewsGraph.Engine.Conventions.Nodes;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>Operations on text; upper and lower case differ.</summary>
public sealed class StringOperationFilterInput : OperationFilterInput
{
    /// <summary>Creates the type.</summary>
    public StringOperationFilterInput()
        : base("String" + Suffix, "Conditions on a text. Upper and lower case differ.")
    {
        AddCombinators();
        AddEquality(typeof(StringGraphType));
        Add("contains", typeof(StringGraphType), "The operand occurs in the text.", cost: 20);
        Add("ncontains", typeof(StringGraphType), "The operand does not occur in the text.", cost: 20);
        AddMembership(typeof(StringGraphType));
        Add("startsWith", typeof(StringGraphType), "The text begins with the operand.", cost: 20);
        Add("nstartsWith", typeof(StringGraphType), "The text does not begin with the operand.", cost: 20);
        Add("endsWith", typeof(StringGraphType), "The text ends with the operand.", cost: 20);
        Add("nendsWith", typeof(StringGraphType), "The text does not end with the operand.", cost: 20);
    }
}

/// <summary>Operations on a truth value.</summary>
public sealed class BooleanOperationFilterInput : OperationFilterInput
{
    /// <summary>Creates the type.</summary>
    public BooleanOperationFilterInput()
        : base("Boolean" + Suffix, "Conditions on a truth value.") =>
        AddEquality(typeof(BooleanGraphType));
}

/// <summary>Operations on an enum.</summary>
/// <typeparam name="TEnum">The enum; its GraphQL name is its CLR name.</typeparam>
public sealed class EnumOperationFilterInput<TEnum> : OperationFilterInput
    where TEnum : struct, Enum
{
    /// <summary>Creates the type.</summary>
    public EnumOperationFilterInput()
        : base(typeof(TEnum).Name + Suffix, $"Conditions on a `{typeof(TEnum).Name}`.")
    {
        AddEquality(OperationInputs.Operand(typeof(TEnum)));
        AddMembership(OperationInputs.Operand(typeof(TEnum)));
    }
}

/// <summary>Operations on what can be compared: numbers, times.</summary>
/// <typeparam name="TOperand">The operands' type.</typeparam>
public sealed class ComparableOperationFilterInput<TOperand> : OperationFilterInput
    where TOperand : struct
{
    /// <summary>Creates the type.</summary>
    public ComparableOperationFilterInput()
        : base(OperationInputs.NameOf(typeof(TOperand)), "Conditions on a value that can be compared.")
    {
        var operand = OperationInputs.Operand(typeof(TOperand));
        AddEquality(operand);
        AddMembership(operand);
        Add("gt", operand, "The value is greater (later) than the operand.");
        Add("ngt", operand, "The value is not greater (later) than the operand.");
        Add("gte", operand, "The value is greater (later) than the operand, or equals it.");
        Add("ngte", operand, "The value is neither greater (later) than the operand nor equal to it.");
        Add("lt", operand, "The value is less (earlier) than the operand.");
        Add("nlt", operand, "The value is not less (earlier) than the operand.");
        Add("lte", operand, "The value is less (earlier) than the operand, or equals it.");
        Add("nlte", operand, "The value is neither less (earlier) than the operand nor equal to it.");
    }
}

/// <summary>Operations on a node's id; the operands are global ids.</summary>
public sealed class IdOperationFilterInput : OperationFilterInput
{
    internal const string TypeNameKey = "NewsGraph.NodeTypeName";

    /// <summary>Creates the type.</summary>
    public IdOperationFilterInput()
        : base("Id" + Suffix, "Conditions on an id.")
    {
        AddEquality(typeof(IdGraphType));
        AddMembership(typeof(IdGraphType));
    }

    private protected override object Read(object operand, Type type, FieldType field) =>
        GlobalIdArguments.Parse(operand.ToString()!, field.GetMetadata<string>(TypeNameKey)!);
}
