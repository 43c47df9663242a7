using System.Runtime.CompilerServices;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Scalars;

namespace NewsGraph.Engine.Execution.Json;

/// <summary>Writes the values of one scalar or enum. What a resolver usually gives goes straight to the buffer.</summary>
internal abstract class LeafWriter
{
    private static readonly ConditionalWeakTable<ScalarGraphType, LeafWriter> Known = [];

    /// <summary>Writes a value; false when it is null, and nothing is written.</summary>
    /// <param name="output">The buffer.</param>
    /// <param name="value">What the resolver gave.</param>
    public abstract bool TryWrite(JsonBuffer output, object? value);

    public static LeafWriter For(ScalarGraphType scalar) => Known.GetValue(scalar, static made => made switch
    {
        // A type derived from one of these may serialize in its own way.
        _ when made.GetType() == typeof(StringGraphType) => new TextWriter(made),
        _ when made.GetType() == typeof(IdGraphType) => new IdWriter(made),
        _ when made.GetType() == typeof(IntGraphType) => new IntWriter(made),
        _ when made.GetType() == typeof(LongGraphType) || made.GetType() == typeof(LongScalar) => new LongWriter(made),
        _ when made.GetType() == typeof(BooleanGraphType) => new BooleanWriter(made),
        _ when made.GetType() == typeof(FloatGraphType) => new FloatWriter(made),
        IWrittenScalar written => new OwnWriter(made, written),
        _ => new AnyWriter(made),
    });

    private class AnyWriter(ScalarGraphType scalar) : LeafWriter
    {
        public override bool TryWrite(JsonBuffer output, object? value)
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
    }

    private sealed class TextWriter(ScalarGraphType scalar) : AnyWriter(scalar)
    {
        public override bool TryWrite(JsonBuffer output, object? value)
        {
            if (value is not string text)
            {
                return base.TryWrite(output, value);
            }

            output.String(text);
            return true;
        }
    }

    private sealed class IdWriter(ScalarGraphType scalar) : AnyWriter(scalar)
    {
        public override bool TryWrite(JsonBuffer output, object? value)
        {
            if (value is not string text)
            {
                return base.TryWrite(output, value);
            }

            output.String(text);
            return true;
        }
    }

    private sealed class IntWriter(ScalarGraphType scalar) : AnyWriter(scalar)
    {
        public override bool TryWrite(JsonBuffer output, object? value)
        {
            if (value is not int number)
            {
                return base.TryWrite(output, value);
            }

            output.Number(number);
            return true;
        }
    }

    private sealed class LongWriter(ScalarGraphType scalar) : AnyWriter(scalar)
    {
        public override bool TryWrite(JsonBuffer output, object? value)
        {
            if (value is not long number)
            {
                return base.TryWrite(output, value);
            }

            output.Number(number);
            return true;
        }
    }

    private sealed class BooleanWriter(ScalarGraphType scalar) : AnyWriter(scalar)
    {
        public override bool TryWrite(JsonBuffer output, object? value)
        {
            if (value is not bool flag)
            {
                return base.TryWrite(output, value);
            }

            output.Boolean(flag);
            return true;
        }
    }

    private sealed class FloatWriter(ScalarGraphType scalar) : AnyWriter(scalar)
    {
        public override bool TryWrite(JsonBuffer output, object? value)
        {
            if (value is not double number || !double.IsFinite(number))
            {
                return base.TryWrite(output, value);
            }

            output.Number(number);
            return true;
        }
    }

    private sealed class OwnWriter(ScalarGraphType scalar, IWrittenScalar written) : AnyWriter(scalar)
    {
        private const int MaxBytes = 64;

        public override bool TryWrite(JsonBuffer output, object? value)
        {
            if (value is null || !written.TryWrite(value, output.Space(MaxBytes), out var count))
            {
                return base.TryWrite(output, value);
            }

            output.Advance(count);
            return true;
        }
    }
}
