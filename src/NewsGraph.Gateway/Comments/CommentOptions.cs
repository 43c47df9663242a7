using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Gateway.Comments;

/// <summary>What a reader may post: section <c>Comments</c>. The defaults are WordPress's.</summary>
public sealed class CommentOptions
{
    /// <summary>How deep threads nest, 1 to 100; an answer further down is attached to the deepest comment that may have one. Default: 5.</summary>
    [Range(1, 100)]
    public int MaxDepth { get; set; } = 5;

    /// <summary>The longest text in characters, 1 to 65,525. Default: 65,525.</summary>
    [Range(1, 65_525)]
    public int MaxLength { get; set; } = 65_525;

    /// <summary>The longest author's name in characters, 1 to 245. Default: 245.</summary>
    [Range(1, 245)]
    public int MaxNameLength { get; set; } = 245;

    /// <summary>The longest email address in characters, 6 to 254. Default: 100.</summary>
    [Range(6, 254)]
    public int MaxEmailLength { get; set; } = 100;

    /// <summary>The longest author's URL in characters, 10 to 2,000. Default: 200.</summary>
    [Range(10, 2_000)]
    public int MaxUrlLength { get; set; } = 200;
}
