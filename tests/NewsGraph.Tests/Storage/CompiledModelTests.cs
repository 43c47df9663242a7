using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Postgres;
using NewsGraph.Gateway.Storage.Sqlite;

namespace NewsGraph.Tests.Storage;

public sealed class CompiledModelTests
{
    [Fact]
    public void The_compiled_model_is_what_the_mappings_say_for_SQLite()
    {
        using var db = new SqliteDesignTimeFactory().CreateDbContext([]);

        Assert.Equal(FromMappings(db), Compiled(db));
    }

    [Fact]
    public void The_compiled_model_is_what_the_mappings_say_for_PostgreSQL()
    {
        using var db = new PostgresDesignTimeFactory().CreateDbContext([]);

        Assert.Equal(FromMappings(db), Compiled(db));
    }

    // When it differs, `dotnet ef dbcontext optimize` makes it again: see src/README.md.
    private static string Compiled(NewsContext db)
    {
        Assert.Contains("CompiledModel", db.Model.GetType().Namespace, StringComparison.Ordinal);
        return Describe(db.Model);
    }

    private static string FromMappings(NewsContext db)
    {
        var design = db.GetService<IDesignTimeModel>().Model;
        return Describe(db.GetService<IModelRuntimeInitializer>().Initialize(design, designTime: false));
    }

    private static string Describe(IModel model) => model.ToDebugString(MetadataDebugStringOptions.LongDefault);
}
