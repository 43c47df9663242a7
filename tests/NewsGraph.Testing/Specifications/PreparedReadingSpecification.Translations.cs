using System.Collections.Concurrent;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Testing.Specifications;

/// <summary>What is translated beforehand is what would be translated now, and all that a start needs.</summary>
public abstract partial class PreparedReadingSpecification
{
    /// <summary>The folder of the database's kind in <c>Storage</c>.</summary>
    protected abstract string Kind { get; }

    private string TranslationsFile => Path.Combine(Repository.Root, "src", "NewsGraph.Gateway", "Storage", Kind, "Translations.sql");

    /// <summary>A change of a query, of the model or of Entity Framework makes another file: run without <c>CI</c>, this writes it.</summary>
    [Fact]
    public async Task What_was_translated_beforehand_is_what_Entity_Framework_makes_of_the_queries()
    {
        var recorder = new Recorder("");
        await using (var gateway = await StartAsync(prepare: true, recorder))
        {
            foreach (var operation in Operations)
            {
                await gateway.QueryAsync($"{operation} {Used(operation)}");
            }
        }

        var kept = await File.ReadAllTextAsync(TranslationsFile, TestContext.Current.CancellationToken);
        var made = KnownTranslations.Write(recorder.Translated.OrderBy(translated => translated.Key, StringComparer.Ordinal));
        if (made != kept && Environment.GetEnvironmentVariable("CI") is null or "")
        {
            await File.WriteAllTextAsync(TranslationsFile, made, TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(kept, made);
    }

    [Fact]
    public async Task A_start_leaves_nothing_to_translate()
    {
        var recorder = new Recorder(await File.ReadAllTextAsync(TranslationsFile, TestContext.Current.CancellationToken));
        await using var gateway = await StartAsync(prepare: true, recorder);

        Assert.Empty(recorder.Translated);
        Assert.NotEmpty(recorder.Found);
    }

    private sealed class Recorder(string text) : KnownTranslations(text)
    {
        public ConcurrentDictionary<string, Translation> Translated { get; } = new(StringComparer.Ordinal);

        public ConcurrentBag<string> Found { get; } = [];

        public override Translation? Find(string print)
        {
            var found = base.Find(print);
            if (found is not null)
            {
                Found.Add(print);
            }

            return found;
        }

        public override void Made(string print, Translation made) => Translated[print] = made;
    }
}
