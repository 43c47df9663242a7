using System.Collections;
using System.Data.Common;
using System.Runtime.InteropServices;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>The row a statement stands on, read column by column as the compiled readers of rows ask for it.</summary>
internal sealed class SqliteRow(nint statement, ShortTexts texts) : DbDataReader
{
    public override int FieldCount => throw Unused();

    public override bool HasRows => throw Unused();

    public override bool IsClosed => false;

    public override int RecordsAffected => 0;

    public override int Depth => 0;

    public override object this[int ordinal] => throw Unused();

    public override object this[string name] => throw Unused();

    public override bool IsDBNull(int ordinal) => SqliteNative.ColumnType(statement, ordinal) == SqliteNative.NullType;

    public override long GetInt64(int ordinal) => SqliteNative.ColumnInteger(statement, ordinal);

    public override int GetInt32(int ordinal) => checked((int)SqliteNative.ColumnInteger(statement, ordinal));

    public override short GetInt16(int ordinal) => checked((short)SqliteNative.ColumnInteger(statement, ordinal));

    public override byte GetByte(int ordinal) => checked((byte)SqliteNative.ColumnInteger(statement, ordinal));

    public override bool GetBoolean(int ordinal) => SqliteNative.ColumnInteger(statement, ordinal) != 0;

    public override double GetDouble(int ordinal) => SqliteNative.ColumnReal(statement, ordinal);

    // The database's text is UTF-8, so the bytes are the text.
    public override unsafe string GetString(int ordinal)
    {
        var bytes = SqliteNative.ColumnBytes(statement, ordinal);
        return texts.Read(new ReadOnlySpan<byte>((void*)bytes, SqliteNative.ColumnLength(statement, ordinal)));
    }

    public override T GetFieldValue<T>(int ordinal) => typeof(T) == typeof(byte[]) ? (T)(object)GetBytes(ordinal) : throw Unused();

    public override IEnumerator GetEnumerator() => throw Unused();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw Unused();

    public override char GetChar(int ordinal) => throw Unused();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw Unused();

    public override string GetDataTypeName(int ordinal) => throw Unused();

    public override DateTime GetDateTime(int ordinal) => throw Unused();

    public override decimal GetDecimal(int ordinal) => throw Unused();

    public override Type GetFieldType(int ordinal) => throw Unused();

    public override float GetFloat(int ordinal) => throw Unused();

    public override Guid GetGuid(int ordinal) => throw Unused();

    public override string GetName(int ordinal) => throw Unused();

    public override int GetOrdinal(string name) => throw Unused();

    public override object GetValue(int ordinal) => throw Unused();

    public override int GetValues(object[] values) => throw Unused();

    public override bool NextResult() => throw Unused();

    public override bool Read() => throw Unused();

    private byte[] GetBytes(int ordinal)
    {
        var bytes = SqliteNative.ColumnBytes(statement, ordinal);
        var copy = new byte[SqliteNative.ColumnLength(statement, ordinal)];
        if (copy.Length > 0)
        {
            Marshal.Copy(bytes, copy, 0, copy.Length);
        }

        return copy;
    }

    private static NotSupportedException Unused() => new("No column of the model is read this way; add it here, and to what the tests read.");
}
