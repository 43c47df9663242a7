namespace NewsGraph.Gateway.Hosting;

/// <summary>What the IDE shows when it is opened for the first time.</summary>
internal static class FirstDocument
{
    /// <summary>The document, <c>Ide/first-document.graphql</c>.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(FirstDocument).Assembly.GetManifestResourceStream("first-document.graphql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
