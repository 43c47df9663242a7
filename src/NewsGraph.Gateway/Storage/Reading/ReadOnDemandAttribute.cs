namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>A text that <see cref="NewsReader"/> reads as it is stored, so that it is not decoded only to be written.</summary>
/// <param name="stored">
/// The property that holds it, of type <see cref="Engine.Conventions.Types.StoredText"/>. The one marked gives its text.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
public class ReadAsStoredAttribute(string stored) : Attribute
{
    /// <summary>The property that holds the text.</summary>
    public string Stored { get; } = stored;
}

/// <summary>
/// A column that is read only when it is asked for: a text, or a number behind texts, which is where a database has to go
/// through them to find it. The property refuses to be read when it was not: nothing unread is served as empty.
/// </summary>
/// <param name="stored">
/// The property that holds it: of type <see cref="Engine.Conventions.Types.StoredText"/>, or a number that is null while it
/// is unread.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadOnDemandAttribute(string stored) : ReadAsStoredAttribute(stored)
{
    /// <summary>The field whose selection asks for it, where that has another name.</summary>
    public string? Field { get; init; }
}

/// <summary>A column that <see cref="NewsReader"/> never reads, because nothing of it is served: private, or of use to writers only.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotServedAttribute : Attribute;
