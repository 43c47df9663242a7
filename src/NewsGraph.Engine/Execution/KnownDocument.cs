namespace NewsGraph.Engine.Execution;

/// <summary>A document the engine has parsed and found valid before. A request that brings it needs no text.</summary>
public abstract class KnownDocument
{
    private protected KnownDocument()
    {
    }

    /// <summary>The document's text.</summary>
    public abstract string Text { get; }
}
