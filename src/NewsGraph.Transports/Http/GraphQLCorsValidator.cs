using Microsoft.Extensions.Options;

namespace NewsGraph.Transports.Http;

/// <summary>Refuses origins that would silently match no page.</summary>
internal sealed class GraphQLCorsValidator : IValidateOptions<GraphQLCorsOptions>
{
    public ValidateOptionsResult Validate(string? name, GraphQLCorsOptions options)
    {
        List<string> problems =
        [
            .. from origin in options.AllowedOrigins
               where origin != OriginPolicy.Any && !IsOrigin(origin)
               select $"{GraphQLCorsOptions.Section}:AllowedOrigins has '{origin}'; an origin is written like https://example.com, without a path.",
        ];
        if (options.AllowCredentials && options.AllowedOrigins.Contains(OriginPolicy.Any))
        {
            problems.Add($"{GraphQLCorsOptions.Section}:AllowCredentials needs origins that are named; '*' in AllowedOrigins would let any page act for its reader.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    // A page that is no web page (a file, a sandboxed frame) has the origin "null".
    private static bool IsOrigin(string text) =>
        text == "null"
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));
}
