using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using NewsGraph.Gateway.Storage.Postgres;

namespace NewsGraph.Gateway.Hosting;

/// <summary>Says of every wrong setting what it is called, what it is and what it may be, all at once and before anything starts.</summary>
internal static class SettingsCheck
{
    /// <exception cref="WrongSettingsException">Some setting is wrong.</exception>
    public static void Run(IConfiguration configuration)
    {
        var problems = KnownSettings.Sections
            .SelectMany(section => section.Properties.Select(property => Problem(configuration, section, property)))
            .Append(StorageProblem(configuration))
            .OfType<string>()
            .ToList();
        if (problems.Count > 0)
        {
            throw new WrongSettingsException(problems);
        }
    }

    private static string? StorageProblem(IConfiguration configuration) =>
        "postgres".Equals(configuration["Storage:Provider"], StringComparison.OrdinalIgnoreCase)
            ? PostgresConnection.Problem(configuration.GetConnectionString(PostgresConnection.Name))
            : null;

    private static string? Problem(IConfiguration configuration, SettingsSection section, PropertyInfo property)
    {
        var name = $"{section.Name}:{property.Name}";
        if (configuration[name] is not { } text || (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable))))
        {
            return null;
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        object? value;
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException)
        {
            return $"{name} is '{text}'; it must be {Kind(type)}.";
        }

        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (rule.GetValidationResult(value, new ValidationContext(new object()) { DisplayName = name, MemberName = property.Name }) is { } failure)
            {
                return rule is RangeAttribute range
                    ? $"{name} is '{text}'; it must be {Kind(type)} from {Limit(range.Minimum)} to {Limit(range.Maximum)}."
                    : $"{name} is '{text}'. {failure.ErrorMessage}";
            }
        }

        return null;
    }

    /// <summary>What a value looks like, for people.</summary>
    public static string Kind(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a duration (hh:mm:ss)"
        : type == typeof(string) ? "a text"
        : type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : "a number";

    /// <summary>A limit of a range, for people.</summary>
    public static string Limit(object limit) =>
        limit is int or long or double ? string.Create(CultureInfo.InvariantCulture, $"{limit:N0}") : Convert.ToString(limit, CultureInfo.InvariantCulture)!;
}

/// <summary>Settings that cannot be used; one line for each.</summary>
public sealed class WrongSettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
