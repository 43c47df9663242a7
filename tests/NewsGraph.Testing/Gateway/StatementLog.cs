using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NewsGraph.Testing.Gateway;

/// <summary>Keeps the SQL a gateway sends, as Entity Framework logs it.</summary>
public sealed class StatementLog : ILoggerProvider
{
    /// <summary>The category of executed statements.</summary>
    public const string Category = "Microsoft.EntityFrameworkCore.Database.Command";

    private const int Executed = 20101;

    private ConcurrentQueue<string> _statements = new();

    /// <summary>Forgets what was sent so far.</summary>
    public void Clear() => _statements = new ConcurrentQueue<string>();

    /// <summary>What was sent since, in order.</summary>
    public IReadOnlyList<string> Statements => [.. _statements];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName == Category);

    public void Dispose()
    {
    }

    private sealed class Logger(StatementLog log, bool listens) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => listens;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (listens && eventId.Id == Executed)
            {
                log._statements.Enqueue(formatter(state, exception));
            }
        }
    }
}
