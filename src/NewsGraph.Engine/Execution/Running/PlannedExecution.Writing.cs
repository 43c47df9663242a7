using System.Diagnostics.CodeAnalysis;
using GraphQL;
using NewsGraph.Engine.Execution.Json;
using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>
/// Writes the result. Null that may not be takes its parent with it: what was written of the parent is cut off again.
/// The rest of the parent is written nevertheless, for the errors in it, which the specification wants told.
/// </summary>
internal sealed partial class PlannedExecution
{
    /// <summary>The errors there were, or null.</summary>
    public ExecutionErrors? ErrorsFound => _errors;

    /// <summary>The extensions that resolvers added, or null.</summary>
    public Dictionary<string, object?>? ExtensionsFound => _outputExtensions;

    private void WriteData(JsonBuffer output) => WriteObject(output, RootSlot);

    private bool WriteObject(JsonBuffer output, int slot)
    {
        var written = new ObjectOutput(output);
        foreach (var field in Slots[slot].Selection!.Fields)
        {
            WriteField(ref written, field, slot);
        }

        return written.End();
    }

    private void WriteField(ref ObjectOutput written, FieldPlan field, int owner)
    {
        written.Name(field.Name);
        if (field.Place == FieldPlan.NoPlace && field.Writer is { } writer)
        {
            written.Add(WriteFromSource(written.Output, field, writer, owner));
        }
        else if (field.Constant is { } constant)
        {
            written.Output.Raw(constant);
        }
        else
        {
            written.Add(WriteValue(written.Output, field, field.Shape, Slots[owner].Start + field.Place));
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a resolver throws is the field's error.")]
    private bool WriteFromSource(JsonBuffer output, FieldPlan field, SourceWriter writer, int owner)
    {
        var before = output.Length;
        try
        {
            if (writer.TryWrite(output, SourceOf(Slots[owner])))
            {
                return true;
            }

            if (field.Shape.IsNonNull)
            {
                AddError(field, NullInNonNull(field, field.Shape), SlotOf(field, owner));
            }
        }
        catch (Exception exception)
        {
            AddError(field, exception, SlotOf(field, owner));
        }

        output.Truncate(before);
        return WriteNull(output) || !field.Shape.IsNonNull;
    }

    // Its own, or that of the object around it.
    private int SlotOf(FieldPlan field, int owner) => field.Place == FieldPlan.NoPlace ? owner : Slots[owner].Start + field.Place;

    /// <summary>False when null was written and must not be.</summary>
    private bool WriteValue(JsonBuffer output, FieldPlan field, ValueShape shape, int slot)
    {
        var isThere = Slots[slot].State switch
        {
            SlotState.Leaf => WriteLeaf(output, field, shape, slot),
            SlotState.OfSource => WriteFromSource(output, field, field.Writer!, Slots[slot].Parent),
            SlotState.Object => WriteObject(output, slot),
            SlotState.List => WriteList(output, field, shape.Item!, slot),
            SlotState.Leaves => WriteLeaves(output, field, slot),
            _ => WriteNull(output),
        };
        return isThere || !shape.IsNonNull;
    }

    private bool WriteList(JsonBuffer output, FieldPlan field, ValueShape item, int slot)
    {
        var before = output.Length;
        var (start, count) = (Slots[slot].Start, Slots[slot].Count);
        var isWhole = true;
        output.Byte((byte)'[');
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                output.Byte((byte)',');
            }

            isWhole &= WriteValue(output, field, item, start + i);
        }

        if (isWhole)
        {
            output.Byte((byte)']');
            return true;
        }

        output.Truncate(before);
        return WriteNull(output);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a scalar throws is the field's error.")]
    private bool WriteLeaf(JsonBuffer output, FieldPlan field, ValueShape shape, int slot)
    {
        var before = output.Length;
        try
        {
            if (shape.Leaf!.TryWrite(output, Slots[slot].Value))
            {
                return true;
            }

            if (shape.IsNonNull)
            {
                AddError(field, NullInNonNull(field, shape), slot);
            }
        }
        catch (Exception exception)
        {
            AddError(field, exception, slot);
        }

        output.Truncate(before);
        return WriteNull(output);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A list that throws while it is read is the field's error.")]
    private bool WriteLeaves(JsonBuffer output, FieldPlan field, int slot)
    {
        var before = output.Length;
        try
        {
            output.Value(Slots[slot].Value);
            return true;
        }
        catch (Exception exception)
        {
            AddError(field, exception, slot);
            output.Truncate(before);
            return WriteNull(output);
        }
    }

    private static bool WriteNull(JsonBuffer output)
    {
        output.Null();
        return false;
    }
}
