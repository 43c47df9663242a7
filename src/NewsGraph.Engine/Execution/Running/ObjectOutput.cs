using NewsGraph.Engine.Execution.Json;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>An object that is being written, and becomes null when one of its fields must not be null and is.</summary>
internal struct ObjectOutput
{
    private readonly int _start;
    private bool _isWhole = true;
    private bool _hasFields;

    public ObjectOutput(JsonBuffer output)
    {
        Output = output;
        _start = output.Length;
        output.Byte((byte)'{');
    }

    public JsonBuffer Output { get; }

    /// <summary>Begins a field.</summary>
    /// <param name="name">The name, with quotes and colon.</param>
    public void Name(ReadOnlySpan<byte> name)
    {
        if (_hasFields)
        {
            Output.Byte((byte)',');
        }

        _hasFields = true;
        Output.Raw(name);
    }

    /// <summary>Says whether the field's value may stand.</summary>
    /// <param name="isWhole">False where null stands for what must not be null.</param>
    public void Add(bool isWhole) => _isWhole &= isWhole;

    /// <summary>Ends the object; false when null was written instead.</summary>
    public readonly bool End()
    {
        if (_isWhole)
        {
            Output.Byte((byte)'}');
            return true;
        }

        Output.Truncate(_start);
        Output.Null();
        return false;
    }
}
