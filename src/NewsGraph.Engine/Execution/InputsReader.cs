using System.Globalization;
using System.Numerics;
using System.Text.Json;
using GraphQL;

namespace NewsGraph.Engine.Execution;

/// <summary>Turns the JSON of variables and extensions into what GraphQL.NET coerces.</summary>
internal static class InputsReader
{
    // Longer than any number a scalar takes; parsing arbitrary many digits costs more than linear time.
    private const int MaxIntegerDigits = 64;

    /// <summary>Reads an object; anything else is an empty one.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="NotUnicodeException">A string is not valid Unicode (half a surrogate pair).</exception>
    public static Inputs Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object ? new Inputs((Dictionary<string, object?>)ReadAny(json)!) : Inputs.Empty;

    /// <summary>Reads any value.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="NotUnicodeException">A string is not valid Unicode (half a surrogate pair).</exception>
    public static object? ReadAny(JsonElement json)
    {
        try
        {
            return ReadValue(json);
        }
        catch (InvalidOperationException exception)
        {
            throw new NotUnicodeException(exception);
        }
    }

    private static object? ReadValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => ReadNumber(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Object => ReadObject(json),
        JsonValueKind.Array => json.EnumerateArray().Select(ReadValue).ToList(),
        _ => null,
    };

    private static Dictionary<string, object?> ReadObject(JsonElement json)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            map[property.Name] = ReadValue(property.Value);
        }

        return map;
    }

    private static object ReadNumber(JsonElement json)
    {
        if (json.TryGetInt32(out var small))
        {
            return small;
        }

        if (json.TryGetInt64(out var large))
        {
            return large;
        }

        var text = json.GetRawText();
        if (text.Length <= MaxIntegerDigits && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var huge))
        {
            return huge;
        }

        var number = double.Parse(text, CultureInfo.InvariantCulture);
        // A decimal keeps more digits, but not those of very small numbers.
        return json.TryGetDecimal(out var exact) && (double)exact == number ? exact : number;
    }
}

/// <summary>A string of the request is not valid Unicode (half a surrogate pair).</summary>
/// <param name="inner">What the JSON reader said.</param>
internal sealed class NotUnicodeException(Exception inner) : Exception("A string is not valid Unicode.", inner);
