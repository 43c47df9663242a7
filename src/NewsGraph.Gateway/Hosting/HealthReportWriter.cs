using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NewsGraph.Gateway.Hosting;

/// <summary>
/// Writes how the gateway is: <c>{"status":"Degraded","parts":{"bus":{"status":"Degraded","reason":"…","since":"…"}}}</c>.
/// Nothing of an exception is in it, for the path may be open to everybody.
/// </summary>
internal static class HealthReportWriter
{
    private const string SinceKey = "since";

    /// <summary>What a check says along with its status so that the report tells since when it is so.</summary>
    public static IReadOnlyDictionary<string, object>? Since(DateTimeOffset? since) =>
        since is { } time ? new Dictionary<string, object> { [SinceKey] = time } : null;

    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", report.Status.ToString());
        if (report.Entries.Count > 0)
        {
            writer.WriteStartObject("parts");
            foreach (var (name, part) in report.Entries)
            {
                Write(writer, name, part);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, HealthReportEntry part)
    {
        writer.WriteStartObject(name);
        writer.WriteString("status", part.Status.ToString());
        if (part.Description is { } reason)
        {
            writer.WriteString("reason", reason);
        }

        if (part.Data.TryGetValue(SinceKey, out var since))
        {
            writer.WriteString(SinceKey, ((DateTimeOffset)since).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }
}
