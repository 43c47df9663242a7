using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Testing.Gateway;

/// <summary>Keeps the SQL a gateway sends, as its reader and Entity Framework log it.</summary>
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

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName switch { Category => Executed, NewsReader.LogCategory => NewsReader.Executed, _ => null });

    public void Dispose()
    {
    }

    private sealed class Logger(StatementLog log, int? executed) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => executed is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == executed)
            {
                log._statements.Enqueue(formatter(state, exception));
            }
        }
    }
}
