namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// A long text that <see cref="NewsReader"/> reads only when it is asked for. The property must refuse to be read when
/// it was not: nothing unread may be served as empty.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadOnDemandAttribute : Attribute;

/// <summary>A column that <see cref="NewsReader"/> never reads, because nothing of it is served: private, or of use to writers only.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotServedAttribute : Attribute;
