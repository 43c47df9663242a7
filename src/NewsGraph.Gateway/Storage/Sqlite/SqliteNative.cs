using System.Runtime.InteropServices;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>
/// The functions of SQLite's own library that prepared reading calls, some of them thousands of times for a page. Called
/// directly a column costs a few nanoseconds; through handles and a provider ten times that.
/// </summary>
internal static partial class SqliteNative
{
    public const int Row = 100;
    public const int Done = 101;
    public const int NullType = 5;

    /// <summary>A statement's count of how often it was planned again.</summary>
    public const int TimesPlannedAgain = 5;

    /// <summary>Read and write (the file's shared memory must be written to, to read it), no lock for each call.</summary>
    public const int OpenFlags = 0x2 | 0x8000;

    /// <summary>That a bound text is copied.</summary>
    public const nint Copied = -1;

    private const string Library = "e_sqlite3";

    // SQLITE_DBCONFIG_ENABLE_QPSG
    private const int StablePlans = 1007;

    [LibraryImport(Library, EntryPoint = "sqlite3_open_v2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, out nint database, int flags, nint module);

    [LibraryImport(Library, EntryPoint = "sqlite3_close_v2")]
    public static partial void Close(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_busy_timeout")]
    public static partial int SetBusyTimeout(nint database, int milliseconds);

    /// <summary>
    /// Has statements planned without looking at the values bound to them. Otherwise the library parses and plans one anew
    /// whenever another value is bound to its <c>LIMIT</c>, which costs five times what running it does.
    /// </summary>
    /// <param name="database">The connection.</param>
    public static int PlanOnce(nint database) => OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
        ? ConfigureOnStack(database, StablePlans, 0, 0, 0, 0, 0, 0, 1, out _)
        : Configure(database, StablePlans, 1, out _);

    [LibraryImport(Library, EntryPoint = "sqlite3_exec", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(nint database, string text, nint callback, nint argument, nint message);

    [LibraryImport(Library, EntryPoint = "sqlite3_prepare_v3")]
    public static partial int Prepare(nint database, ReadOnlySpan<byte> text, int length, uint flags, out nint statement, nint tail);

    // These two give once more the error that a step gave.
    [LibraryImport(Library, EntryPoint = "sqlite3_finalize")]
    public static partial void Finish(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial void Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_stmt_status")]
    public static partial int Status(nint statement, int counter, int reset);

    [LibraryImport(Library, EntryPoint = "sqlite3_errmsg")]
    public static partial nint Message(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_extended_errcode")]
    public static partial int ExtendedError(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_parameter_index", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ParameterIndex(nint statement, string name);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static partial int BindText(nint statement, int index, ReadOnlySpan<byte> text, int length, nint lifetime);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    public static partial int BindInteger(nint statement, int index, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_double")]
    [SuppressGCTransition]
    public static partial int BindReal(nint statement, int index, double value);

    // These look at a value that is there already, and return at once.
    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static partial int ColumnType(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static partial long ColumnInteger(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_double")]
    [SuppressGCTransition]
    public static partial double ColumnReal(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    [SuppressGCTransition]
    public static partial int ColumnLength(nint statement, int column);

    // A long text is put together from several pages of the file, which can take a while.
    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    public static partial nint ColumnBytes(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_db_config")]
    private static partial int Configure(nint database, int setting, int value, out int set);

    // Apple's processors take the arguments of a function with any number of them from the stack, behind eight registers.
    [LibraryImport(Library, EntryPoint = "sqlite3_db_config")]
    private static partial int ConfigureOnStack(
        nint database, int setting, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7, int value, out int set);
}
