using Microsoft.Extensions.FileProviders;

namespace NewsGraph.Transports.Ide;

/// <summary>The GraphQL IDE at the endpoint. Bound from configuration section <see cref="Section"/>.</summary>
public sealed class IdeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL:Ide";

    /// <summary>Whether the IDE is served. Default: no; Development switches it on.</summary>
    public bool Enabled { get; set; }

    /// <summary>The last part of the browser tab's title. Default: NewsGraph.</summary>
    public string Title { get; set; } = "NewsGraph";

    /// <summary>The first document in the editor, or null for an empty one.</summary>
    public string? Document { get; set; }

    /// <summary>The variables of the first document, as a JSON object's members, or null.</summary>
    public IDictionary<string, object?>? Variables { get; set; }

    /// <summary>Headers the IDE sends with every request, or null.</summary>
    public IDictionary<string, string>? HttpHeaders { get; set; }

    /// <summary>Whether the IDE sends the browser's cookies. Default: no.</summary>
    public bool IncludeCookies { get; set; }

    /// <summary>Whether the IDE sends queries by GET. Default: no.</summary>
    public bool UseGet { get; set; }

    /// <summary>The directory with the IDE's files (its <c>index.html</c> at the top), absolute; null when <see cref="Files"/> says where.</summary>
    public string? Directory { get; set; }

    /// <summary>The IDE's files; wins over <see cref="Directory"/>. Set in code.</summary>
    public IFileProvider? Files { get; set; }
}
