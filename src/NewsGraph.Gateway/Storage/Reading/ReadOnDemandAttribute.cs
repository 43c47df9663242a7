namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>A text that <see cref="NewsReader"/> reads as it is stored, so that it is not decoded only to be written.</summary>
/// <param name="stored">
/// The property of type <see cref="Engine.Conventions.Types.StoredText"/> that holds it. The one marked gives its text.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
public class ReadAsStoredAttribute(string stored) : Attribute
{
    /// <summary>The property that holds the text.</summary>
    public string Stored { get; } = stored;
}

/// <summary>
/// A text that is read only when it is asked for. The property refuses to be read when the text was not: nothing unread is
/// served as empty.
/// </summary>
/// <param name="stored">The property that holds it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadOnDemandAttribute(string stored) : ReadAsStoredAttribute(stored);

/// <summary>A column that <see cref="NewsReader"/> never reads, because nothing of it is served: private, or of use to writers only.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotServedAttribute : Attribute;
