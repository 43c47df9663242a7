using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace NewsGraph.Engine.Limits;

/// <summary>Holds every limit to its documented range.</summary>
internal sealed class GraphQLLimitsValidator : IValidateOptions<GraphQLLimitsOptions>
{
    public ValidateOptionsResult Validate(string? name, GraphQLLimitsOptions options)
    {
        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(result => $"{GraphQLLimitsOptions.Section}: {result.ErrorMessage}"));
    }
}
