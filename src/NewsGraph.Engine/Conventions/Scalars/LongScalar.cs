using GraphQL.Types;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary><c>Long</c>: a whole number of 64 bits, a JSON number on the wire.</summary>
public sealed class LongScalar : LongGraphType, ISpecifiedScalar
{
    /// <summary>Creates the scalar.</summary>
    public LongScalar()
    {
        Name = "Long";
        Description = "A whole number of 64 bits with a sign.";
    }

    /// <inheritdoc/>
    public string SpecifiedByUrl => ScalarSpecifications.Long;
}
