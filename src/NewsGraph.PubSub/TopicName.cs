namespace NewsGraph.PubSub;

/// <summary>The rule for topic names, the same for every bus.</summary>
internal static class TopicName
{
    private const int MaxLength = 512;

    public static void ThrowIfInvalid(string topic)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        if (topic.Length > MaxLength)
        {
            throw new ArgumentException($"A topic's name has at most {MaxLength} characters; this one has {topic.Length}.", nameof(topic));
        }
    }
}
