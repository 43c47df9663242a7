namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>Which properties marked <see cref="ReadOnDemandAttribute"/> a query is to read.</summary>
public readonly record struct Demand
{
    private Demand(string properties) => Properties = properties;

    /// <summary>None of them.</summary>
    public static Demand None { get; } = new("");

    private string Properties => field ?? "";

    /// <summary>Those with these names.</summary>
    /// <param name="properties">Property names; equal sets are equal demands.</param>
    public static Demand Of(IEnumerable<string> properties) =>
        new(string.Join(',', properties.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    /// <summary>Whether a property is asked for.</summary>
    public bool Includes(string property) => Properties.Split(',').Contains(property, StringComparer.Ordinal);
}
