using System.Text;
using System.Text.Json;
using NewsGraph.Engine.Conventions.Scalars;

namespace NewsGraph.Tests.Conventions;

public sealed class WrittenDateTimeTests
{
    private const int Seed = 20261126;

    [Fact]
    public void A_time_is_written_as_it_is_serialized()
    {
        var scalar = new DateTimeScalar();
        var random = new Random(Seed);
        for (var round = 0; round < 5000; round++)
        {
            var ticks = random.NextInt64(DateTime.MaxValue.Ticks);
            AssertSame(scalar, new DateTime(ticks - (ticks % (long)Math.Pow(10, random.Next(9))), (DateTimeKind)random.Next(3)));
        }

        AssertSame(scalar, DateTime.MinValue);
        AssertSame(scalar, DateTime.MaxValue);
    }

    private static void AssertSame(DateTimeScalar scalar, DateTime time)
    {
        Span<byte> target = stackalloc byte[64];

        Assert.True(scalar.TryWrite(time, target, out var written));

        Assert.Equal(JsonSerializer.Serialize(scalar.Serialize(time)), Encoding.UTF8.GetString(target[..written]));
    }
}
