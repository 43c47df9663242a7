namespace NewsGraph.Engine.Conventions;

/// <summary>The stable codes under <c>extensions.code</c>. Clients key on them, so a value never changes.</summary>
public static class ErrorCodes
{
    /// <summary>The request is no GraphQL request.</summary>
    public const string InvalidRequest = "HC0009";

    /// <summary>The request's body is larger than allowed.</summary>
    public const string RequestTooLarge = "HC0010";

    /// <summary>The document cannot be parsed.</summary>
    public const string Syntax = "HC0011";

    /// <summary>The request cannot be read for another reason than its document.</summary>
    public const string UnreadableRequest = "HC0012";

    /// <summary>The request names neither a document nor the id of one.</summary>
    public const string DocumentMissing = "HC0013";

    /// <summary>A variable's value does not fit its type.</summary>
    public const string VariableType = "HC0016";

    /// <summary>Null where the schema allows none.</summary>
    public const string NonNull = "HC0018";

    /// <summary>No stored document has the id.</summary>
    public const string PersistedDocumentNotFound = "HC0020";

    /// <summary>A filter was given null where null has no meaning.</summary>
    public const string FilterNull = "HC0026";

    /// <summary>The operation took longer than allowed.</summary>
    public const string Timeout = "HC0045";

    /// <summary>Introspection is not allowed.</summary>
    public const string Introspection = "HC0046";

    /// <summary>The operation costs more than allowed.</summary>
    public const string Cost = "HC0047";

    /// <summary>More items asked for than a page holds.</summary>
    public const string PageSizeExceeded = "HC0051";

    /// <summary>The schema download names no type.</summary>
    public const string SchemaTypeMissing = "HC0058";

    /// <summary>The schema download names a type by what is no name.</summary>
    public const string SchemaTypeName = "HC0059";

    /// <summary>The schema download names a type there is not.</summary>
    public const string SchemaTypeUnknown = "HC0060";

    /// <summary>No media type of the <c>Accept</c> header can be served.</summary>
    public const string AcceptUnsupported = "HC0063";

    /// <summary>The <c>Accept</c> header cannot be read.</summary>
    public const string AcceptMalformed = "HC0064";

    /// <summary>More ids asked for at once than allowed.</summary>
    public const string TooManyNodes = "HC0076";

    /// <summary>A multipart request lacks the header that keeps foreign pages from sending it.</summary>
    public const string PreflightMissing = "HC0077";

    /// <summary>A cursor cannot be read.</summary>
    public const string InvalidCursor = "HC0078";

    /// <summary>A page size below zero.</summary>
    public const string PageSizeNegative = "HC0079";

    /// <summary>A paged field needs exactly one slicing argument.</summary>
    public const string SlicingArgument = "HC0082";

    /// <summary>Introspection nested deeper than allowed.</summary>
    public const string IntrospectionDepth = "HC0086";

    /// <summary>More operations at a time than one WebSocket may run.</summary>
    public const string TooManyOperations = "TOO_MANY_OPERATIONS";

    /// <summary>More connections than one address may hold.</summary>
    public const string TooManyConnections = "TOO_MANY_CONNECTIONS";

    /// <summary>A page of another origin asks for a WebSocket.</summary>
    public const string OriginNotAllowed = "ORIGIN_NOT_ALLOWED";

    /// <summary>The server is about to stop and begins nothing new.</summary>
    public const string ShuttingDown = "SHUTTING_DOWN";
}
