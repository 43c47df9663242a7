using System.Collections;
using GraphQL.DataLoader;
using GraphQL.Types;
using NewsGraph.Engine.Execution.Json;
using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>Turns what resolvers give into slots, as the specification's <c>CompleteValue</c>. Leaves are completed as they are written.</summary>
internal sealed partial class PlannedExecution
{
    private void Complete(int slot, FieldPlan field, ValueShape shape, object? value)
    {
        if (value is not string and IDataLoaderResult result)
        {
            Space.Waiting.Add(new Waiting(slot, field, shape, result));
            return;
        }

        if (shape.Kind == ShapeKind.Leaf)
        {
            ref var leaf = ref Slots[slot];
            leaf.State = SlotState.Leaf;
            leaf.Value = value;
            return;
        }

        try
        {
            Place(slot, field, shape, value);
        }
        catch (Exception exception) when (!IsCancelled(exception))
        {
            Fail(slot, field, exception);
        }
    }

    private void Place(int slot, FieldPlan field, ValueShape shape, object? value)
    {
        if (value is null)
        {
            if (shape.IsNonNull)
            {
                throw NullInNonNull(field, shape);
            }

            Slots[slot].State = SlotState.Null;
        }
        else if (shape.Kind == ShapeKind.List)
        {
            PlaceList(slot, field, shape, value);
        }
        else
        {
            var type = shape.Kind == ShapeKind.Object ? shape.Object! : ConcreteType(field, shape.Abstract!, value);
            if (type.IsTypeOf is { } isTypeOf && !type.SkipTypeCheck && !isTypeOf(value))
            {
                throw new InvalidOperationException($"'{value}' value of type '{value.GetType()}' is not allowed for '{type.Name}'.");
            }

            PlaceObject(slot, field.Select(type), value);
        }
    }

    private void PlaceObject(int slot, SelectionPlan selection, object value)
    {
        var start = Slots.Add(selection.Resolved.Length, slot);
        ref var placed = ref Slots[slot];
        placed.State = SlotState.Object;
        placed.Value = value;
        placed.Selection = selection;
        placed.Start = start;
        if (selection.Resolved.Length > 0)
        {
            Slots.Enqueue(slot);
        }
    }

    private void PlaceList(int slot, FieldPlan field, ValueShape shape, object value)
    {
        if (value is not IEnumerable items)
        {
            throw new InvalidOperationException($"Expected an IEnumerable list though did not find one. Found: {value.GetType().Name}");
        }

        var item = shape.Item!;
        if (item.Scalar is { } scalar && scalar.CanSerializeList(items, !item.IsNonNull))
        {
            ref var leaves = ref Slots[slot];
            leaves.State = SlotState.Leaves;
            leaves.Value = scalar.SerializeList(items);
            return;
        }

        var (queued, waiting) = (Slots.Queued, Space.Waiting.Count);
        try
        {
            PlaceItems(slot, field, item, items);
        }
        catch
        {
            // The list has failed as a whole: nothing below it is resolved any more. What is wrong with its leaves is told.
            TellLeaves(slot, field, item);
            Slots.Forget(queued);
            Space.Waiting.RemoveRange(waiting, Space.Waiting.Count - waiting);
            throw;
        }
    }

    private void PlaceItems(int slot, FieldPlan field, ValueShape item, IEnumerable items)
    {
        if (items is IList list)
        {
            var start = AddItems(slot, list.Count);
            for (var i = 0; i < Slots[slot].Count; i++)
            {
                Complete(start + i, field, item, list[i]);
            }

            return;
        }

        // Its length is not known, so the values come first, even those in front of one that throws.
        var values = new List<object?>();
        try
        {
            foreach (var value in items)
            {
                values.Add(value);
            }
        }
        finally
        {
            var start = AddItems(slot, values.Count);
            for (var i = 0; i < values.Count; i++)
            {
                Complete(start + i, field, item, values[i]);
            }
        }
    }

    private void TellLeaves(int slot, FieldPlan field, ValueShape item)
    {
        var leaf = item;
        while (leaf.Item is { } inner)
        {
            leaf = inner;
        }

        if (leaf.Kind == ShapeKind.Leaf && Slots[slot].State == SlotState.List)
        {
            using var nowhere = new JsonBuffer();
            WriteList(nowhere, field, item, slot);
        }
    }

    private int AddItems(int slot, int count)
    {
        var start = Slots.Add(count, slot);
        ref var placed = ref Slots[slot];
        placed.State = SlotState.List;
        placed.Start = start;
        placed.Count = count;
        return start;
    }

    private IObjectGraphType ConcreteType(FieldPlan field, IAbstractGraphType many, object value)
    {
        var type = many.GetObjectType(value, Schema) ?? throw new InvalidOperationException(
            $"Abstract type {many.Name} must resolve to an Object type at runtime for field {field.Selection.Type.Name}.{field.Definition.Name} with value '{value}', received 'null'.");
        return many.IsPossibleType(type)
            ? type
            : throw new InvalidOperationException($"Runtime Object type '{type}' is not a possible type for '{many}'.");
    }

    private static InvalidOperationException NullInNonNull(FieldPlan field, ValueShape shape) =>
        new($"Cannot return null for a non-null type. Field: {field.ResponseName}, Type: {shape.Type}.");
}
