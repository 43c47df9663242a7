using GraphQL.Types;
using NewsGraph.Engine.Conventions.Names;
using NewsGraph.Engine.Conventions.Nodes;

namespace NewsGraph.Engine.Conventions.Types;

/// <summary>An input object that is read into a record. Ids stay text until the resolver reads them.</summary>
/// <typeparam name="T">The record; its constructor's parameters bear the fields' names.</typeparam>
public abstract class InputType<T> : InputObjectGraphType<T>
    where T : class
{
    /// <summary>Creates the type under the record's name, with <c>Input</c> at its end.</summary>
    /// <param name="description">For the client developer.</param>
    protected InputType(string description)
    {
        Name = ConventionNames.InputObject(typeof(T).Name);
        Description = description;
    }

    /// <summary>Adds an id that must be given; a <see cref="string"/> in the record, whichever way the client wrote it.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="description">For the client developer.</param>
    protected FieldType Id(string name, string description) => Id<NonNullGraphType<IdGraphType>>(name, description);

    /// <summary>Adds an id that may be left out; a nullable <see cref="string"/> in the record.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="description">For the client developer.</param>
    protected FieldType OptionalId(string name, string description) => Id<IdGraphType>(name, description);

    private FieldType Id<TType>(string name, string description)
        where TType : IGraphType
    {
        var field = Field<TType>(name).Description(description).FieldType;
        field.Parser = value => GlobalIdArguments.AsText(value)!;
        return field;
    }
}
