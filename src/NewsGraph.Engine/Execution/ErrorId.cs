using System.Security.Cryptography;

namespace NewsGraph.Engine.Execution;

/// <summary>Ties a masked error a client sees to the log entry that has the truth.</summary>
public static class ErrorId
{
    private const string Key = "NewsGraph.ErrorId";
    private const int Bytes = 6;

    /// <summary>Gives an exception an id, 12 hexadecimal digits, unless it has one.</summary>
    /// <param name="exception">The exception.</param>
    public static string Assign(Exception exception)
    {
        if (exception.Data[Key] is string known)
        {
            return known;
        }

        var id = RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true);
        exception.Data[Key] = id;
        return id;
    }

    /// <summary>The error extensions (<c>errorId</c>) that name the exception's id, or null when it has none.</summary>
    /// <param name="exception">The exception, or null.</param>
    public static IReadOnlyDictionary<string, object?>? ExtensionsOf(Exception? exception) =>
        exception?.Data[Key] is string id ? new Dictionary<string, object?> { ["errorId"] = id } : null;
}
