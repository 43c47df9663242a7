using System.Globalization;
using System.Text;
using GraphQL;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>Global ids given to a filter.</summary>
internal static class NodeIdOperand
{
    /// <summary>The key in an id of a node type.</summary>
    /// <exception cref="ExecutionError">The text is no id, or one of another type.</exception>
    public static object Read(string id, string typeName)
    {
        var bytes = new byte[id.Length];
        if (Convert.TryFromBase64String(id, bytes, out var length) &&
            Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var type, var key] && type == typeName &&
            long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        var error = new ExecutionError("The node ID string has an invalid format.");
        error.AddExtension("originalValue", id);
        throw error;
    }
}
