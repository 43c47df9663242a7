using System.Buffers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Groups;

/// <summary>What two subscribers must have in common to share a result.</summary>
/// <param name="Source">The events.</param>
/// <param name="Stream">What of the field's arguments the events depend on.</param>
/// <param name="Document">The document's text.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Variables">The values of the variables used below the root field, as JSON.</param>
/// <param name="Audience">Who reads.</param>
internal readonly record struct GroupKey(
    IEventSource Source, string Stream, string Document, string? Operation, string Variables, string Audience)
{
    public static GroupKey Of(SharedStream stream, OperationInput input, OperationContext operation) => new(
        stream.Source,
        stream.Key,
        operation.Document.Text,
        input.Plan.Operation.Name?.StringValue,
        VariablesOf(input, operation.Document),
        AudienceOf(operation.Request.User));

    private static string VariablesOf(OperationInput input, CachedDocument document)
    {
        var names = document.SharedVariablesOf(input.Plan.Operation);
        if (names.Count == 0)
        {
            return "";
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var variable in input.Variables)
            {
                // One that was not given and one that is null differ for what they are passed to.
                if (names.Contains(variable.Name) && variable.ValueSpecified)
                {
                    json.WritePropertyName(variable.Name);
                    JsonValues.Write(json, variable.Value);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// Nobody in particular, or exactly this user: two users never share, and neither does one user with other claims,
    /// since a resolver may ask for any of them.
    /// </summary>
    private static string AudienceOf(ClaimsPrincipal? user)
    {
        if (user is null || !user.Identities.Any(identity => identity.IsAuthenticated))
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var identity in user.Identities)
        {
            Append(text.Append('|'), identity.AuthenticationType);
            foreach (var claim in identity.Claims)
            {
                Append(text, claim.Type);
                Append(text, claim.Value);
                Append(text, claim.Issuer);
            }
        }

        return text.ToString();
    }

    // With its length, so that no two lists of claims are written alike.
    private static void Append(StringBuilder text, string? part) => text.Append(part?.Length ?? -1).Append(':').Append(part);
}
