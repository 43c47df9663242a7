namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>
/// A property that changes alone and often, such as a count. A change of nothing else leaves kept results alone that
/// were read without it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChangesOftenAttribute : Attribute;
