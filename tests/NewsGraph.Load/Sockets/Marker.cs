using System.Globalization;

namespace NewsGraph.Load.Sockets;

/// <summary>The number by which an event is known again in whatever bytes it arrives, always equally long.</summary>
internal static class Marker
{
    public const int Digits = 8;

    private static ReadOnlySpan<byte> Start => "load-"u8;

    public static string Text(int number) => "load-" + number.ToString("D" + Digits, CultureInfo.InvariantCulture);

    /// <summary>The number in a message; -1 when it has none.</summary>
    public static int Find(ReadOnlySpan<byte> message)
    {
        var at = message.IndexOf(Start);
        if (at < 0 || message.Length < at + Start.Length + Digits)
        {
            return -1;
        }

        var number = 0;
        foreach (var digit in message.Slice(at + Start.Length, Digits))
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    /// <summary>Puts another number in the place of every marker.</summary>
    public static void Replace(Span<byte> message, int number)
    {
        while (message.IndexOf(Start) is var at and >= 0)
        {
            message = message[(at + Start.Length)..];
            number.TryFormat(message, out _, "D" + Digits, CultureInfo.InvariantCulture);
        }
    }
}
