using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>The slots of one execution, and the queue of objects whose fields are still to be resolved.</summary>
internal sealed class SlotTable
{
    public const int NoParent = -1;

    private const int FirstSize = 256;

    // A table that once held a huge result is not worth keeping.
    private const int MaxKept = 16 * 1024;

    private Slot[] _slots = new Slot[FirstSize];
    private int[] _queue = new int[FirstSize];
    private int _count;
    private int _head;
    private int _tail;

    /// <summary>The slot; valid until the next <see cref="Add"/>.</summary>
    /// <param name="index">Its number.</param>
    public ref Slot this[int index] => ref _slots[index];

    /// <summary>How many objects were ever put into the queue; what is behind a mark can be taken out again.</summary>
    public int Queued => _tail;

    /// <summary>How many slots are in use.</summary>
    public int Count => _count;

    /// <summary>Adds a row of empty slots.</summary>
    /// <param name="count">How many.</param>
    /// <param name="parent">The slot they belong to.</param>
    /// <returns>The first.</returns>
    public int Add(int count, int parent)
    {
        var start = _count;
        if (_slots.Length - start < count)
        {
            Grow(start + count);
        }

        for (var i = start; i < start + count; i++)
        {
            _slots[i] = new Slot { Parent = parent };
        }

        _count = start + count;
        return start;
    }

    /// <summary>Gives back all slots from one on.</summary>
    /// <param name="count">How many stay.</param>
    public void Cut(int count)
    {
        Array.Clear(_slots, count, _count - count);
        _count = count;
    }

    public void Enqueue(int slot)
    {
        if (_tail == _queue.Length)
        {
            GrowQueue();
        }

        _queue[_tail++] = slot;
    }

    /// <summary>Takes out what was put into the queue behind a mark.</summary>
    /// <param name="queued">The mark, from <see cref="Queued"/>.</param>
    public void Forget(int queued) => _tail = queued;

    public bool TryDequeue(out int slot)
    {
        if (_head == _tail)
        {
            _head = _tail = 0;
            slot = NoParent;
            return false;
        }

        slot = _queue[_head++];
        return true;
    }

    /// <summary>The names and indexes that lead to a slot.</summary>
    /// <param name="index">The slot.</param>
    /// <param name="name">How a field is named.</param>
    public List<object> PathTo(int index, Func<FieldPlan, string> name)
    {
        var path = new List<object>();
        while (_slots[index].Parent is var parent and not NoParent)
        {
            ref var owner = ref _slots[parent];
            path.Add(owner.State == SlotState.Object ? name(owner.Selection!.Resolved[index - owner.Start]) : index - owner.Start);
            index = parent;
        }

        path.Reverse();
        return path;
    }

    /// <summary>Empties the table; false when it is too large to be used again.</summary>
    public bool TryReset()
    {
        Cut(0);
        _head = _tail = 0;
        return _slots.Length <= MaxKept;
    }

    private void Grow(int size) => Array.Resize(ref _slots, Math.Max(size, _slots.Length * 2));

    private void GrowQueue() => Array.Resize(ref _queue, _queue.Length * 2);
}
