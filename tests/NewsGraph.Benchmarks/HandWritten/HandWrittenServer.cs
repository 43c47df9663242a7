using System.Collections.Concurrent;
using System.Runtime;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.HandWritten;

/// <summary>
/// What the gateway's article page is held against: one endpoint that knows this page alone, with prepared statements
/// and a JSON writer.
/// </summary>
internal static class HandWrittenServer
{
    /// <summary>The benchmark's own argument that makes it this server.</summary>
    public const string Command = "hand-written";

    private const string Marker = "Hand-written endpoint: ";

    /// <summary>Starts it in a process of its own.</summary>
    public static Task<ServerProcess> StartAsync(string database, CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(Marker, [typeof(HandWrittenServer).Assembly.Location, Command, database], "Development", cancellationToken);

    /// <summary>Serves until the process is ended.</summary>
    public static async Task RunAsync(string database)
    {
        if (!GCSettings.IsServerGC)
        {
            throw new InvalidOperationException("This server must have the gateway's garbage collector.");
        }

        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var idle = new ConcurrentBag<ArticlePageReader>();
        app.MapGet("/articles/{slug}", async (string slug, HttpContext http) =>
        {
            var reader = idle.TryTake(out var taken) ? taken : new ArticlePageReader(database);
            var page = reader.Read(slug);
            idle.Add(reader);
            http.Response.ContentType = "application/json; charset=utf-8";
            await using (var json = new Utf8JsonWriter(http.Response.BodyWriter))
            {
                ArticlePageJson.Write(json, page);
            }

            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        });
        await app.StartAsync();
        Console.WriteLine(Marker + app.Urls.Single());
        await app.WaitForShutdownAsync();
        foreach (var reader in idle)
        {
            reader.Dispose();
        }
    }
}
