using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace NewsGraph.Transports.Ide;

/// <summary>The page a browser gets when the IDE's files were not built.</summary>
internal static class IdePage
{
    public static Task SendMissingAsync(HttpContext context)
    {
        var address = HtmlEncoder.Default.Encode((context.Request.PathBase + context.Request.Path).ToString().TrimEnd('/'));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>GraphQL endpoint</title></head>
            <body style="font-family: system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; line-height: 1.5">
            <h1>The GraphQL endpoint is running</h1>
            <p>Its IDE is not here, because this server was built without Node.js. Install Node.js 20 or newer, build the
            server again, and reload this page.</p>
            <p>Queries are answered all the same:</p>
            <pre>curl {address} -H 'Content-Type: application/json' -d '{"{"}"query":"{"{"} __typename {"}"}"{"}"}'</pre>
            <p>The schema is at <a href="{address}/schema.graphql">{address}/schema.graphql</a>.</p>
            </body>
            </html>
            """,
            context.RequestAborted);
    }
}
