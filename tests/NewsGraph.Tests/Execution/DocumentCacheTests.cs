using System.Diagnostics.Metrics;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Tests.Execution;

public sealed class DocumentCacheTests
{
    [Fact]
    public void A_flood_of_documents_used_once_does_not_push_out_the_one_in_use()
    {
        var cache = new DocumentCache(maxCount: 10, maxBytes: 10_000_000);
        cache.Add(Document("{ hot }"));
        Assert.NotNull(cache.Find("{ hot }"));

        for (var number = 0; number < 1000; number++)
        {
            cache.Add(Document($"{{ once{number} }}"));
        }

        Assert.NotNull(cache.Find("{ hot }"));
        Assert.True(cache.Count <= 10);
    }

    [Fact]
    public void The_bytes_are_bounded_too()
    {
        var one = Document("{ a }").EstimatedBytes;
        var cache = new DocumentCache(maxCount: 1000, maxBytes: one * 10);

        foreach (var name in "abcdefghijklmnop")
        {
            var text = $"{{ {name} }}";
            cache.Add(Document(text));
            cache.Find(text);
        }

        Assert.InRange(cache.Count, 1, 10);
    }

    [Fact]
    public void A_document_asked_for_again_outlives_older_ones_that_were_not()
    {
        var cache = new DocumentCache(maxCount: 10, maxBytes: 10_000_000);
        cache.Add(Document("{ a }"));
        cache.Add(Document("{ b }"));
        cache.Find("{ b }");

        cache.Add(Document("{ c }"));
        cache.Add(Document("{ d }"));

        Assert.Null(cache.Find("{ a }"));
        Assert.NotNull(cache.Find("{ b }"));
    }

    [Fact]
    public void A_document_is_found_by_its_bytes()
    {
        var cache = new DocumentCache(maxCount: 10, maxBytes: 10_000_000);
        var document = Document("{ hello(name: \"Zoë\") }");
        cache.Add(document);

        Assert.Same(document, cache.Find("{ hello(name: \"Zoë\") }"u8));
        Assert.Same(document, cache.Find("{ hello(name: \"Zoë\") }"));
        Assert.Null(cache.Find("{ hello(name: \"Zoe\") }"u8));
    }

    [Fact]
    public void Half_a_character_does_not_find_the_document_with_its_replacement()
    {
        var cache = new DocumentCache(maxCount: 10, maxBytes: 10_000_000);
        cache.Add(Document("{ hello(name: \"\ufffd\") }"));

        Assert.Null(cache.Find("{ hello(name: \"\ud83d\") }"));
    }

    [Fact]
    public void Hits_misses_and_what_is_kept_are_measured()
    {
        using var metrics = new DocumentMetrics();
        var cache = new DocumentCache(maxCount: 10, maxBytes: 10_000_000, metrics);
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Other tests have meters of the same name; theirs are not this one's.
                if (instrument.Meter.Name == DocumentMetrics.MeterName && metrics.Owns(instrument))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = seen.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();

        cache.Find("{ a }");
        cache.Add(Document("{ a }"));
        cache.Find("{ a }");
        cache.Find("{ a }"u8);
        listener.RecordObservableInstruments();

        Assert.Equal(2, seen["newsgraph.documents.hits"]);
        Assert.Equal(1, seen["newsgraph.documents.misses"]);
        Assert.Equal(1, seen["newsgraph.documents.count"]);
        Assert.Equal(Document("{ a }").EstimatedBytes, seen["newsgraph.documents.bytes"]);
    }

    private static CachedDocument Document(string text) =>
        DocumentParser.TryParse(text, new GraphQLLimitsOptions(), out _)!;
}
