namespace NewsGraph.Engine.Conventions.Scalars;

internal static class ScalarSpecifications
{
    private const string Host = "https://scalars.graphql.org/chillicream/";

    public const string DateTime = Host + "date-time.html";
    public const string LocalDate = Host + "local-date.html";
    public const string Duration = Host + "duration.html";
    public const string Uuid = Host + "uuid.html";
    public const string Uri = Host + "uri.html";
    public const string Long = Host + "long.html";
    public const string Any = Host + "any.html";
}
