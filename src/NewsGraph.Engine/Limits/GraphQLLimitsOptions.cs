using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Engine.Limits;

/// <summary>
/// What one GraphQL request may cost. Bound from configuration section <see cref="Section"/>; a value out of its range
/// stops the start with a message that names it.
/// </summary>
public sealed class GraphQLLimitsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL:Limits";

    /// <summary>Longest document, in characters. 1,024 to 4,194,304; default 262,144.</summary>
    [Range(1024, 4_194_304)]
    public int MaxDocumentLength { get; set; } = 262_144;

    /// <summary>Most tokens (names, values, punctuation) in a document. 100 to 1,000,000; default 20,000.</summary>
    [Range(100, 1_000_000)]
    public int MaxTokens { get; set; } = 20_000;

    /// <summary>Deepest nesting of braces, brackets and parentheses together. 10 to 250; default 200.</summary>
    [Range(10, 250)]
    public int MaxParserDepth { get; set; } = 200;

    /// <summary>Most fields in a document. 10 to 20,000; default 2,048.</summary>
    [Range(10, 20_000)]
    public int MaxFields { get; set; } = 2048;

    /// <summary>Most directives at one place. 1 to 100; default 4.</summary>
    [Range(1, 100)]
    public int MaxDirectivesPerLocation { get; set; } = 4;

    /// <summary>Most visits to fragments while a document is walked. 10 to 100,000; default 1,000.</summary>
    [Range(10, 100_000)]
    public int MaxFragmentVisits { get; set; } = 1000;

    /// <summary>
    /// Highest field cost of an operation. 1 to 10,000,000; default 5,000. The reference has 1,000, which an article page
    /// with 20 comments, their replies and related posts exceeds here although it issues a fixed number of statements.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxFieldCost { get; set; } = 5000;

    /// <summary>Highest type cost (objects possibly returned). 1 to 10,000,000; default 5,000 (the reference: 1,000).</summary>
    [Range(1, 10_000_000)]
    public int MaxTypeCost { get; set; } = 5000;

    /// <summary>Whether an operation over its cost is refused; when not, the cost is only reported. Default: yes.</summary>
    public bool EnforceCost { get; set; } = true;

    /// <summary>Whether <c>__schema</c> and <c>__type</c> may be asked for. Default: no; Development switches it on.</summary>
    public bool AllowIntrospection { get; set; }

    /// <summary>Deepest chain of <c>ofType</c> in introspection. 1 to 64; default 16.</summary>
    [Range(1, 64)]
    public int MaxIntrospectionOfTypeDepth { get; set; } = 16;

    /// <summary>How long an operation, or one event of a subscription, may run. 100 ms to 1 h; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan ExecutionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many parsed documents are kept. 2 to 100,000; default 1,000.</summary>
    [Range(2, 100_000)]
    public int DocumentCacheCount { get; set; } = 1000;

    /// <summary>How many bytes (estimated) parsed documents may take. 1 MiB to 4 GiB; default 64 MiB.</summary>
    [Range(1_048_576L, 4_294_967_296L)]
    public long DocumentCacheBytes { get; set; } = 64L * 1024 * 1024;
}
