using GraphQL.Types;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary><c>Any</c>: any JSON value, taken and returned as it is.</summary>
public sealed class AnyScalar : ComplexScalarGraphType, ISpecifiedScalar
{
    /// <summary>Creates the scalar.</summary>
    public AnyScalar()
    {
        Name = "Any";
        Description = "Any JSON value: an object, a list, a string, a number, true, false or null.";
    }

    /// <inheritdoc/>
    public string SpecifiedByUrl => ScalarSpecifications.Any;
}
