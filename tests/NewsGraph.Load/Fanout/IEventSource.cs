namespace NewsGraph.Load.Fanout;

/// <summary>A server that sends events to all its subscribers.</summary>
internal interface IEventSource
{
    /// <summary>What is measured, for people.</summary>
    string Name { get; }

    /// <summary>Processor time used so far.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Makes the server send an event; complete when the server has acknowledged it.</summary>
    Task PostAsync(int marker, CancellationToken cancellationToken);
}
