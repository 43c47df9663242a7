using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>
/// SQLite has no time type. An integer keeps order in an index and is a third of the text's size; microseconds are
/// what PostgreSQL keeps, so both stores hold the same instants.
/// </summary>
internal sealed class UnixMicroseconds() : ValueConverter<DateTime, long>(
    time => (time.Ticks - UnixEpochTicks) / 10,
    stored => new DateTime((stored * 10) + UnixEpochTicks, DateTimeKind.Utc))
{
    private const long UnixEpochTicks = 621_355_968_000_000_000;

    /// <summary>An instant as it is stored.</summary>
    public static long ToStored(DateTime time) => (time.Ticks - UnixEpochTicks) / 10;
}
