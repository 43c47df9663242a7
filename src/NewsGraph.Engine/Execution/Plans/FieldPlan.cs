using System.Text;
using System.Text.Json;
using GraphQL.Execution;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQLParser.AST;
using NewsGraph.Engine.Execution.Json;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>One field of the answer, with all that can be known before there is a value.</summary>
internal sealed class FieldPlan
{
    public const int NoPlace = -1;

    private readonly OperationPlan _operation;
    private readonly ArgumentPlan? _arguments;
    private SelectionPlan? _selection;
    private SelectionPlan[] _selections = [];
    private Dictionary<string, (GraphQLField Field, FieldType FieldType)>? _subFields;

    public FieldPlan(OperationPlan operation, IComplexGraphType? parent, MergedField merged)
    {
        _operation = operation;
        Ast = merged.Merge();
        Definition = merged.Definition;
        ResponseName = merged.ResponseName;
        Name = Encoding.UTF8.GetBytes(string.Concat("\"", JsonEncodedText.Encode(ResponseName, JsonBuffer.Encoder).ToString(), "\":"));
        Shape = ValueShape.Of(Definition.ResolvedType!);
        Writer = Shape.Leaf is { } leaf ? (Definition.Resolver as ISourceField)?.WriterFor(leaf) : null;
        _arguments = operation.Source.Arguments.Find(merged.First, Definition);
        if (ReferenceEquals(Definition, operation.Schema.TypeNameMetaFieldType) && parent is not null)
        {
            Constant = Encoding.UTF8.GetBytes(string.Concat("\"", parent.Name, "\""));
        }
    }

    public GraphQLField Ast { get; }

    public FieldType Definition { get; }

    public string ResponseName { get; }

    /// <summary>The name as it is written, with quotes and colon.</summary>
    public byte[] Name { get; }

    public ValueShape Shape { get; }

    /// <summary>The answer itself, where the type alone decides it.</summary>
    public byte[]? Constant { get; }

    /// <summary>What writes the field from its source object; null when its value has to be resolved first.</summary>
    public SourceWriter? Writer { get; }

    /// <summary>Whether nothing has to be resolved before the answer is written.</summary>
    public bool IsWrittenFromSource => Constant is not null || Writer is { MayBeMissing: false };

    /// <summary>The selection this field is part of.</summary>
    public SelectionPlan Selection { get; private set; } = null!;

    /// <summary>Its place among the selection's resolved fields.</summary>
    public int Place { get; private set; } = NoPlace;

    public IFieldResolver Resolver => field ??= Definition.Resolver ?? NameFieldResolver.Instance;

    /// <summary>What the field's own selection asks for, in terms of its declared type.</summary>
    public Dictionary<string, (GraphQLField Field, FieldType FieldType)>? SubFields =>
        Ast.SelectionSet is { Selections.Count: > 0 } ? _subFields ??= _operation.SubFieldsOf(this) : null;

    public void Join(SelectionPlan selection, int place)
    {
        Selection = selection;
        Place = place;
    }

    public IDictionary<string, ArgumentValue>? ArgumentsOf(OperationInput input) => _arguments?.Of(input);

    /// <summary>The selection on objects of a type; made when the type is first met.</summary>
    /// <param name="type">The type of an object this field gave.</param>
    public SelectionPlan Select(IObjectGraphType type)
    {
        if (_selection is { } only && ReferenceEquals(only.Type, type))
        {
            return only;
        }

        foreach (var known in Volatile.Read(ref _selections))
        {
            if (ReferenceEquals(known.Type, type))
            {
                return known;
            }
        }

        return Add(type);
    }

    private SelectionPlan Add(IObjectGraphType type)
    {
        var made = _operation.Select(type, Ast.SelectionSet);
        if (Interlocked.CompareExchange(ref _selection, made, null) is null)
        {
            return made;
        }

        while (true)
        {
            var known = Volatile.Read(ref _selections);
            if (Array.Find(known, selection => ReferenceEquals(selection.Type, type)) is { } other)
            {
                return other;
            }

            // The first may have been of this type, made on another thread at the same time.
            if (ReferenceEquals(_selection.Type, type))
            {
                return _selection;
            }

            if (ReferenceEquals(Interlocked.CompareExchange(ref _selections, [.. known, made], known), known))
            {
                return made;
            }
        }
    }
}
