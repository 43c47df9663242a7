using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NewsGraph.Tests.Paging;

public enum Shelf
{
    Front,
    Back,
}

public sealed class Book
{
    public long Id { get; set; }

    public required string Title { get; set; }

    public string? Subtitle { get; set; }

    public int Pages { get; set; }

    public int? Rating { get; set; }

    public bool Lent { get; set; }

    public Shelf Shelf { get; set; }

    public DateTime PrintedAt { get; set; }

    public List<Subject> Subjects { get; } = [];

    public List<Note> Notes { get; } = [];
}

public sealed class Subject
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public List<Book> Books { get; } = [];
}

public sealed class Note
{
    public long Id { get; set; }

    public long BookId { get; set; }

    public Book? Book { get; set; }

    public required string Text { get; set; }

    public int Line { get; set; }
}

public sealed class LibraryContext(DbContextOptions<LibraryContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Book>(book =>
        {
            book.ToTable("books");
            book.HasIndex(b => new { b.Pages, b.Id });
            book.HasMany(b => b.Subjects).WithMany(s => s.Books);
        });
        modelBuilder.Entity<Subject>().ToTable("subjects");
        modelBuilder.Entity<Note>().ToTable("notes");
    }
}

/// <summary>A database in memory that lives with the test, and the statements it was sent.</summary>
public sealed class Library : DbCommandInterceptor, IDisposable
{
    private readonly SqliteConnection _connection = new($"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared");
    private readonly DbContextOptions<LibraryContext> _options;
    private readonly ConcurrentQueue<string> _statements = [];

    public Library()
    {
        _connection.Open();
        _options = new DbContextOptionsBuilder<LibraryContext>()
            .UseSqlite(_connection.ConnectionString)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(this)
            .Options;
        using var context = Open();
        context.Database.EnsureCreated();
        _statements.Clear();
    }

    public IReadOnlyCollection<string> Statements => _statements;

    /// <summary>Called before a statement is sent.</summary>
    public Action? Sending { get; set; }

    public LibraryContext Open() => new(_options);

    public void Add(params IEnumerable<object> rows)
    {
        using var context = Open();
        context.AddRange(rows);
        context.SaveChanges();
        _statements.Clear();
    }

    /// <summary>How SQLite runs a statement: which index, whether it sorts.</summary>
    public string Plan(string statement, params IEnumerable<KeyValuePair<string, object>> parameters)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statement is one that EF Core wrote.
        command.CommandText = "EXPLAIN QUERY PLAN " + statement;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(3));
        }

        return string.Join('\n', lines);
    }

    public void Forget() => _statements.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Sending?.Invoke();
        _statements.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        _statements.Enqueue(command.CommandText);
        return result;
    }

    public void Dispose() => _connection.Dispose();
}
