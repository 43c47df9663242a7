using System.Runtime.CompilerServices;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Scalars;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Engine.Execution.Json;

/// <summary>Writes the values of one scalar or enum. What a resolver usually gives goes straight to the buffer.</summary>
internal class LeafWriter(ScalarGraphType scalar)
{
    private static readonly ConditionalWeakTable<ScalarGraphType, LeafWriter> Known = [];

    public static LeafWriter For(ScalarGraphType scalar) => Known.GetValue(scalar, static made => made switch
    {
        // A type derived from one of these may serialize in its own way.
        _ when made.GetType() == typeof(StringGraphType) || made.GetType() == typeof(IdGraphType) => new TextWriter(made),
        _ when made.GetType() == typeof(IntGraphType) => new IntWriter(made),
        _ when made.GetType() == typeof(LongGraphType) || made.GetType() == typeof(LongScalar) => new LongWriter(made),
        _ when made.GetType() == typeof(BooleanGraphType) => new BooleanWriter(made),
        _ when made.GetType() == typeof(FloatGraphType) => new FloatWriter(made),
        IWrittenScalar<DateTime> written => new OwnWriter<DateTime>(made, written),
        _ => new LeafWriter(made),
    });

    /// <summary>Writes a value; false when it is null, and nothing is written.</summary>
    /// <param name="output">The buffer.</param>
    /// <param name="value">What the resolver gave.</param>
    public virtual bool TryWrite(JsonBuffer output, object? value)
    {
        switch (scalar.Serialize(value))
        {
            case null:
                return false;
            case string text:
                output.String(text);
                return true;
            case var other:
                output.Value(other);
                return true;
        }
    }

    private sealed class TextWriter(ScalarGraphType scalar) : LeafWriter(scalar), ILeafOf<string?>, ILeafOf<StoredText>
    {
        public override bool TryWrite(JsonBuffer output, object? value) =>
            value is string text ? TryWrite(output, text) : base.TryWrite(output, value);

        public bool TryWrite(JsonBuffer output, string? value)
        {
            if (value is not null)
            {
                output.String(value);
            }

            return value is not null;
        }

        public bool TryWrite(JsonBuffer output, StoredText value)
        {
            if (!value.TryGetUtf8(out var utf8))
            {
                return TryWrite(output, value.ToText());
            }

            output.String(utf8);
            return true;
        }
    }

    // Writes a value type, or the null in its place; others are left to the scalar.
    private abstract class ValueWriter<T>(ScalarGraphType scalar) : LeafWriter(scalar), ILeafOf<T>, ILeafOf<T?>
        where T : struct
    {
        public override bool TryWrite(JsonBuffer output, object? value) => value is T own ? TryWrite(output, own) : base.TryWrite(output, value);

        public bool TryWrite(JsonBuffer output, T? value) => value is { } own && TryWrite(output, own);

        public abstract bool TryWrite(JsonBuffer output, T value);

        protected bool Serialize(JsonBuffer output, object? value) => base.TryWrite(output, value);
    }

    private sealed class IntWriter(ScalarGraphType scalar) : ValueWriter<int>(scalar)
    {
        public override bool TryWrite(JsonBuffer output, int value)
        {
            output.Number(value);
            return true;
        }
    }

    private sealed class LongWriter(ScalarGraphType scalar) : ValueWriter<long>(scalar)
    {
        public override bool TryWrite(JsonBuffer output, long value)
        {
            output.Number(value);
            return true;
        }
    }

    private sealed class BooleanWriter(ScalarGraphType scalar) : ValueWriter<bool>(scalar)
    {
        public override bool TryWrite(JsonBuffer output, bool value)
        {
            output.Boolean(value);
            return true;
        }
    }

    private sealed class FloatWriter(ScalarGraphType scalar) : ValueWriter<double>(scalar)
    {
        public override bool TryWrite(JsonBuffer output, double value)
        {
            if (!double.IsFinite(value))
            {
                return Serialize(output, value);
            }

            output.Number(value);
            return true;
        }
    }

    private sealed class OwnWriter<T>(ScalarGraphType scalar, IWrittenScalar<T> written) : ValueWriter<T>(scalar)
        where T : struct
    {
        private const int MaxBytes = 64;

        public override bool TryWrite(JsonBuffer output, T value)
        {
            if (!written.TryWrite(value, output.Space(MaxBytes), out var count))
            {
                return Serialize(output, value);
            }

            output.Advance(count);
            return true;
        }
    }
}
