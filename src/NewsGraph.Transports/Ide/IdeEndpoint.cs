using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace NewsGraph.Transports.Ide;

/// <summary>Serves Banana Cake Pop from the endpoint's own address, without anything from elsewhere.</summary>
internal sealed class IdeEndpoint : IDisposable
{
    // The page compiles its language services at run time and styles itself; its workers are files or blobs of its own.
    // `connect-src` keeps it from talking to anybody but this server.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
        + "frame-ancestors 'self'; base-uri 'none'; form-action 'none'; object-src 'none'";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    // Packages give all their files one date, so only the content tells versions apart.
    private readonly ConcurrentDictionary<(string Path, long Length, DateTimeOffset Modified), string> _tags = new();
    private readonly IdeOptions _options;
    private readonly IFileProvider _files;
    private readonly PhysicalFileProvider? _ownedFiles;

    public IdeEndpoint(IOptions<IdeOptions> options)
    {
        _options = options.Value;
        if (_options.Files is { } files)
        {
            _files = files;
        }
        else if (_options.Directory is { } directory && Directory.Exists(directory))
        {
            var physical = new PhysicalFileProvider(Path.GetFullPath(directory));
            _files = physical;
            _ownedFiles = physical;
        }
        else
        {
            _files = new NullFileProvider();
        }
    }

    public void Dispose() => _ownedFiles?.Dispose();

    /// <summary>Answers a GET or HEAD; false when the IDE has nothing under this path.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">What follows the endpoint's own path: empty, or beginning with a slash.</param>
    public async Task<bool> TrySendAsync(HttpContext context, string path)
    {
        if (!_options.Enabled)
        {
            return false;
        }

        if (path.Length <= 1)
        {
            return await TrySendPageAsync(context, path);
        }

        switch (path)
        {
            case "/bcp-config.json" or "/nitro-config.json":
                await SendConfigAsync(context);
                return true;
            case "/service-worker.js":
                // The worker would answer every navigation below the endpoint from its cache, whatever the server says.
                return false;
            default:
                return await TrySendFileAsync(context, path);
        }
    }

    private async Task<bool> TrySendPageAsync(HttpContext context, string path)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (path.Length == 0)
        {
            // The page's own addresses are relative, so the browser must see a directory.
            var request = context.Request;
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = UriHelper.BuildRelative(request.PathBase, request.Path.Add("/"), request.QueryString);
            return true;
        }

        if (!await TrySendFileAsync(context, "/index.html"))
        {
            await IdePage.SendMissingAsync(context);
        }

        return true;
    }

    private async Task<bool> TrySendFileAsync(HttpContext context, string path)
    {
        var file = _files.GetFileInfo(path);
        if (!file.Exists || file.IsDirectory || !ContentTypes.TryGetContentType(path, out var contentType))
        {
            return false;
        }

        var headers = context.Response.Headers;
        // Files under static/ carry their hash in their name.
        headers.CacheControl = path.StartsWith("/static/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        headers.XContentTypeOptions = "nosniff";
        if (contentType == "text/html")
        {
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers["Referrer-Policy"] = "same-origin";
            contentType = "text/html; charset=utf-8";
        }

        var modified = DateTimeOffset.FromUnixTimeSeconds(file.LastModified.ToUnixTimeSeconds());
        var tag = _tags.GetOrAdd((path, file.Length, modified), static (_, content) => HashOf(content), file);
        await Results.Stream(
            file.CreateReadStream(),
            contentType,
            lastModified: modified,
            entityTag: new EntityTagHeaderValue(tag),
            enableRangeProcessing: true).ExecuteAsync(context);
        return true;
    }

    private Task SendConfigAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var config = new Dictionary<string, object?>
        {
            ["useBrowserUrlAsEndpoint"] = true,
            ["endpoint"] = null,
            ["disableTelemetry"] = true,
            ["title"] = _options.Title,
            ["includeCookies"] = _options.IncludeCookies,
            ["useGet"] = _options.UseGet,
        };
        AddIfSet(config, "graphQLDocument", _options.Document);
        AddIfSet(config, "variables", _options.Variables);
        AddIfSet(config, "httpHeaders", _options.HttpHeaders);
        return context.Response.WriteAsJsonAsync(config, JsonSerializerOptions.Web, context.RequestAborted);
    }

    private static void AddIfSet(Dictionary<string, object?> config, string name, object? value)
    {
        if (value is not null)
        {
            config[name] = value;
        }
    }

    private static string HashOf(IFileInfo file)
    {
        using var content = file.CreateReadStream();
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";
    }
}
