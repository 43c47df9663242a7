using System.Globalization;
using System.Text;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>A filter apart from its operands: two of the same text differ in their operands only.</summary>
/// <param name="text">The filter with a mark for each operand.</param>
/// <param name="operands">The operands in the order of the marks.</param>
internal sealed class FilterShape(string text, IReadOnlyList<object> operands)
{
    // More text than any filter within the limits that is worth remembering.
    private const int MaxText = 1_000;

    public string Text { get; } = text;

    public IReadOnlyList<object> Operands { get; } = operands;

    /// <summary>The shape of a filter as GraphQL.NET parsed it; null when it is too long to be remembered.</summary>
    public static FilterShape? Of(IDictionary<string, object?> filter)
    {
        var text = new StringBuilder();
        var operands = new List<object>();
        return Write(filter, text, operands) && operands.Count <= MaxOperands ? new FilterShape(text.ToString(), operands) : null;
    }

    /// <summary>The most operands of a shape that is remembered; a query has room for so many beside its own values.</summary>
    public const int MaxOperands = 16;

    private static bool Write(object? value, StringBuilder text, List<object> operands)
    {
        switch (value)
        {
            case null:
                text.Append('0');
                break;
            case bool known:
                text.Append(known ? '+' : '-');
                break;
            case IDictionary<string, object?> fields:
                return WriteFields(fields, text, operands);
            case IEnumerable<object?> list when list.All(item => item is IDictionary<string, object?>):
                text.Append('[');
                foreach (var item in list)
                {
                    if (!Write(item, text, operands))
                    {
                        return false;
                    }
                }

                text.Append(']');
                break;
            default:
                text.Append('?');
                operands.Add(value);
                break;
        }

        return text.Length <= MaxText;
    }

    private static bool WriteFields(IDictionary<string, object?> fields, StringBuilder text, List<object> operands)
    {
        text.Append('{');
        foreach (var (name, value) in fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}:");
            if (!Write(value, text, operands))
            {
                return false;
            }
        }

        text.Append('}');
        return true;
    }
}
