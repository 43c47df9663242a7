namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary>A scalar that can write its usual values as JSON without making a string of them first.</summary>
/// <typeparam name="T">The values' type.</typeparam>
public interface IWrittenScalar<in T>
    where T : struct
{
    /// <summary>Writes exactly what JSON makes of the scalar's <c>Serialize</c>; false for a value that is better serialized.</summary>
    /// <param name="value">What a resolver gave.</param>
    /// <param name="target">At least 64 bytes.</param>
    /// <param name="written">How many were used.</param>
    bool TryWrite(T value, Span<byte> target, out int written);
}
