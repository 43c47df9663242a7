using GraphQL.Types;
using NewsGraph.Engine.Conventions.Names;

namespace NewsGraph.Engine.Conventions.Types;

/// <summary>
/// An enum as the conventions name it. Descriptions come from <see cref="System.ComponentModel.DescriptionAttribute"/>
/// on the enum and its members.
/// </summary>
/// <typeparam name="T">The enum.</typeparam>
public class EnumType<T> : EnumerationGraphType<T>
    where T : struct, Enum
{
    /// <summary>Creates the type under the enum's name.</summary>
    public EnumType() => Name = typeof(T).Name;

    /// <inheritdoc/>
    protected override string ChangeEnumCase(string val) => ConventionNames.EnumValue(val);
}
