namespace NewsGraph.Engine.Conventions.Types;

/// <summary>A property was asked of an object that was read without it: a mistake in the code, never an empty value.</summary>
/// <param name="property">The property.</param>
public sealed class UnreadException(string property) : InvalidOperationException($"{property} was not read; ask for it when reading.");
