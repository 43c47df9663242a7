using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.Reading.Limits;

/// <summary>
/// What the gateway is held against, in a process of its own: Kestrel that sends stored bytes to the very requests the
/// gateway gets, and an endpoint for each page written by hand for nothing else.
/// </summary>
internal static class LimitsServer
{
    /// <summary>The benchmark's own argument that makes it this server.</summary>
    public const string Command = "limits-server";

    public const string StoredPath = "/stored/";

    /// <summary>The file with what the gateway's cursors of the front page begin with.</summary>
    public const string OrderFile = "order.txt";

    private const string Marker = "Limits: ";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Task<ServerProcess> StartAsync(string database, string folder, CancellationToken cancellationToken) => ServerProcess.StartOnAsync(
        Processor.OfServers, Marker, [typeof(LimitsServer).Assembly.Location, Command, database, folder], "Production", cancellationToken);

    /// <summary>Serves until the process is ended.</summary>
    /// <param name="database">The gateway's file.</param>
    /// <param name="folder">What the run has prepared: related posts, and the bytes to send.</param>
    public static async Task RunAsync(string database, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        var idle = new ConcurrentBag<Pages>();
        var stored = Directory.GetFiles(folder, "*.json").ToDictionary(f => StoredPath + Path.GetFileNameWithoutExtension(f), File.ReadAllBytes);

        // No routing: whoever wants the least picks the page by its path.
        app.Run(context =>
        {
            var path = context.Request.Path.Value!;
            return stored.TryGetValue(path, out var bytes) ? SendAsync(context, bytes) : PageAsync(context, path, idle, database, folder);
        });
        await app.StartAsync();
        Console.WriteLine(Marker + app.Urls.Single());
        await app.WaitForShutdownAsync();
        foreach (var pages in idle)
        {
            pages.Dispose();
        }
    }

    // The request's body is read as the gateway must read it.
    private static async Task SendAsync(HttpContext context, byte[] bytes)
    {
        var body = context.Request.BodyReader;
        while (await body.ReadAsync(context.RequestAborted) is var read)
        {
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        context.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    private static async Task PageAsync(HttpContext context, string path, ConcurrentBag<Pages> idle, string database, string folder)
    {
        var pages = idle.TryTake(out var taken) ? taken : new Pages(database, folder);
        context.Response.ContentType = "application/json; charset=utf-8";
        var json = pages.Writer;
        json.Reset(context.Response.BodyWriter);
        var found = path.StartsWith(Workloads.ArticlePath, StringComparison.Ordinal)
            ? pages.Article(json, path[Workloads.ArticlePath.Length..])
            : pages.Front(json, path[Workloads.FrontPath.Length..]);
        json.Flush();
        idle.Add(pages);
        if (!found)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The two pages over one connection, for one caller at a time.</summary>
    private sealed class Pages(string database, string folder) : IDisposable
    {
        private readonly Connection _connection = new(database, folder);
        private ArticlePage? _article;
        private FrontPage? _front;

        public Utf8JsonWriter Writer { get; } = new(Stream.Null, Json);

        public void Dispose()
        {
            Writer.Dispose();
            _connection.Dispose();
        }

        public bool Article(Utf8JsonWriter json, string slug) => (_article ??= new ArticlePage(_connection)).Write(json, slug);

        public bool Front(Utf8JsonWriter json, string slug) => (_front ??= new FrontPage(_connection, File.ReadAllText(Path.Combine(folder, OrderFile)))).Write(json, slug);
    }
}
