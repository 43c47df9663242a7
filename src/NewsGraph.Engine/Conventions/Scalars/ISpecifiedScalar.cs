namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary>A scalar whose format is written down at a public address.</summary>
public interface ISpecifiedScalar
{
    /// <summary>The address, shown as <c>@specifiedBy</c> and as <c>specifiedByURL</c>.</summary>
    string SpecifiedByUrl { get; }
}
