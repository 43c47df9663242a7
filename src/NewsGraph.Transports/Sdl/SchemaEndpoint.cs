using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Execution;
using NewsGraph.Transports.Http;

namespace NewsGraph.Transports.Sdl;

/// <summary>Lets tools download the schema.</summary>
internal sealed class SchemaEndpoint(SchemaDocument schema, ResultSender sender)
{
    private const string CacheControl = "public, max-age=3600, must-revalidate";

    /// <summary>Whether a GET asks for the schema.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">What follows the endpoint's own path.</param>
    public static bool IsRequested(HttpRequest request, string path) =>
        path is "/schema" or "/schema/" or "/schema.graphql"
        || (path.Length <= 1 && request.Query.ContainsKey("sdl"));

    public Task SendAsync(HttpContext context)
    {
        if (context.Request.Query.TryGetValue("types", out var types))
        {
            return SendTypesAsync(context, types.ToString());
        }

        var headers = context.Response.GetTypedHeaders();
        headers.ETag = new EntityTagHeaderValue(schema.EntityTag);
        headers.LastModified = schema.LastModified;
        context.Response.Headers.CacheControl = CacheControl;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Tag == schema.EntityTag || tag == EntityTagHeaderValue.Any))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return SendTextAsync(context, schema.Text, "schema.graphql");
    }

    private Task SendTypesAsync(HttpContext context, string list)
    {
        var names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
        {
            return RefuseAsync(context, new RequestRefusal("The types argument is empty.", ErrorCodes.SchemaTypeMissing));
        }

        if (Array.Find(names, name => !IsName(name)) is { } bad)
        {
            return RefuseAsync(context, Refusal($"The type name `{bad}` is invalid.", ErrorCodes.SchemaTypeName, 400, bad));
        }

        return schema.FindTypes(names, out var unknown) is { } text
            ? SendTextAsync(context, text, names.Length == 1 ? names[0] + ".graphql" : "types.graphql")
            : RefuseAsync(context, Refusal($"The type `{unknown}` does not exist.", ErrorCodes.SchemaTypeUnknown, 404, unknown!));
    }

    private static RequestRefusal Refusal(string message, string code, int status, string name) =>
        new(message, code, status, new Dictionary<string, object?> { ["typeName"] = name });

    private Task RefuseAsync(HttpContext context, RequestRefusal refusal) =>
        sender.RefuseAsync(context, refusal, AcceptHeader.TryRead(context.Request.Headers.Accept));

    private static Task SendTextAsync(HttpContext context, string text, string fileName)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var response = context.Response;
        response.ContentType = "application/graphql; charset=utf-8";
        response.ContentLength = bytes.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static bool IsName(string text) =>
        !char.IsAsciiDigit(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
