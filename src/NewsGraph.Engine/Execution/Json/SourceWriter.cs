namespace NewsGraph.Engine.Execution.Json;

/// <summary>A resolver that needs its source object alone, and may be able to write what it reads.</summary>
internal interface ISourceField
{
    /// <summary>What writes the field; null when its value has to be resolved and serialized as any other.</summary>
    /// <param name="leaf">The writer of the field's type.</param>
    SourceWriter? WriterFor(LeafWriter leaf);
}

/// <summary>Writes a field from its source object.</summary>
internal abstract class SourceWriter
{
    /// <summary>Whether source objects may be without what is written; each is then asked by <see cref="IsThere"/>.</summary>
    public virtual bool MayBeMissing => false;

    /// <summary>Whether a source object has it; otherwise the field is resolved as any other.</summary>
    /// <param name="source">The source object.</param>
    public virtual bool IsThere(object? source) => true;

    /// <summary>Writes the value; false when it is null, and nothing is written.</summary>
    /// <param name="output">The buffer.</param>
    /// <param name="source">The source object.</param>
    public abstract bool TryWrite(JsonBuffer output, object? source);
}

/// <summary>A writer of values of one CLR type.</summary>
internal interface ILeafOf<in T>
{
    /// <summary>Writes a value; false when it is null, and nothing is written.</summary>
    /// <param name="output">The buffer.</param>
    /// <param name="value">The value.</param>
    bool TryWrite(JsonBuffer output, T value);
}
