using GraphQL.Types;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>Which operation input serves a member's type.</summary>
internal static class OperationInputs
{
    private static readonly Dictionary<Type, Type> Inputs = new()
    {
        [typeof(string)] = typeof(StringOperationFilterInput),
        [typeof(bool)] = typeof(BooleanOperationFilterInput),
        [typeof(int)] = typeof(ComparableOperationFilterInput<int>),
        [typeof(long)] = typeof(ComparableOperationFilterInput<long>),
        [typeof(short)] = typeof(ComparableOperationFilterInput<short>),
        [typeof(float)] = typeof(ComparableOperationFilterInput<double>),
        [typeof(double)] = typeof(ComparableOperationFilterInput<double>),
        [typeof(decimal)] = typeof(ComparableOperationFilterInput<decimal>),
        [typeof(DateTime)] = typeof(ComparableOperationFilterInput<DateTime>),
        [typeof(DateTimeOffset)] = typeof(ComparableOperationFilterInput<DateTime>),
        [typeof(DateOnly)] = typeof(ComparableOperationFilterInput<DateOnly>),
        [typeof(TimeOnly)] = typeof(ComparableOperationFilterInput<TimeOnly>),
        [typeof(TimeSpan)] = typeof(ComparableOperationFilterInput<TimeSpan>),
        [typeof(Guid)] = typeof(ComparableOperationFilterInput<Guid>),
    };

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(int)] = "Int",
        [typeof(long)] = "Long",
        [typeof(short)] = "Short",
        [typeof(double)] = "Float",
        [typeof(decimal)] = "Decimal",
        [typeof(DateTime)] = "DateTime",
        [typeof(DateOnly)] = "LocalDate",
        [typeof(TimeOnly)] = "LocalTime",
        [typeof(TimeSpan)] = "Duration",
        [typeof(Guid)] = "Uuid",
    };

    /// <summary>The input's graph type.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Type For(Type member)
    {
        var type = Nullable.GetUnderlyingType(member) ?? member;
        if (type.IsEnum)
        {
            return typeof(EnumOperationFilterInput<>).MakeGenericType(type);
        }

        return Inputs.TryGetValue(type, out var input)
            ? input
            : throw new ArgumentException($"There are no filter operations for {member}.", nameof(member));
    }

    public static string NameOf(Type operand) => Names[operand] + OperationFilterInput.Suffix;

    /// <summary>The scalar or enum that the schema maps a CLR type to.</summary>
    public static Type Operand(Type type) => typeof(GraphQLClrInputTypeReference<>).MakeGenericType(type);
}
