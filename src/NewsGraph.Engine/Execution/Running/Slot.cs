using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>What a slot holds.</summary>
internal enum SlotState : byte
{
    /// <summary>Nothing: not resolved, null, or failed.</summary>
    Null,

    /// <summary>What a resolver gave for a leaf.</summary>
    Leaf,

    /// <summary>A leaf that is written from its source object.</summary>
    OfSource,

    /// <summary>An object; its fields' values are in a row of slots.</summary>
    Object,

    /// <summary>A list; its items are in a row of slots.</summary>
    List,

    /// <summary>A list of leaves that is written as it is.</summary>
    Leaves,
}

/// <summary>A value of the result. Slots live in one array that is used again, so nothing is allocated for them.</summary>
internal struct Slot
{
    /// <summary>The resolver's value; of an object the source of its fields.</summary>
    public object? Value;

    /// <summary>Of an object: what is selected on it.</summary>
    public SelectionPlan? Selection;

    /// <summary>The first slot of the row below.</summary>
    public int Start;

    /// <summary>Of a list: how many items.</summary>
    public int Count;

    /// <summary>The slot of the object or list this value is part of.</summary>
    public int Parent;

    public SlotState State;
}
