namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary><c>UUID</c>: a GUID, written with hyphens; the other usual forms are read too.</summary>
public sealed class UuidScalar : TextScalar<Guid>
{
    /// <summary>Creates the scalar.</summary>
    public UuidScalar()
        : base("UUID", "A universally unique identifier: `6f1c2f6e-9d5c-4a7e-8a3b-0d6c1b2a3f4e`.", ScalarSpecifications.Uuid)
    {
    }

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<char> text, out Guid value) => Guid.TryParse(text, out value);

    /// <inheritdoc/>
    protected override string? Write(object value) => value is Guid guid ? guid.ToString("D") : null;
}
