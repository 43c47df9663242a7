using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NewsGraph.Gateway.Storage.Postgres;
using Npgsql;

namespace NewsGraph.Gateway.Hosting;

/// <summary>What the operator can put right is told in one line each; only a defect of ours shows a stack trace.</summary>
internal static class StartProblem
{
    /// <summary>The lines to print, or null when the exception is none that an operator can cure.</summary>
    public static IReadOnlyList<string>? Describe(Exception exception) => exception switch
    {
        WrongSettingsException wrong => wrong.Problems,
        OptionsValidationException wrong => [.. wrong.Failures],
        AggregateException several when several.InnerExceptions.All(e => Describe(e) is not null) =>
            [.. several.InnerExceptions.SelectMany(e => Describe(e)!)],
        IOException { InnerException: AddressInUseException } busy => [$"{busy.Message} Stop the other program, or listen elsewhere with --urls=http://localhost:5081."],
        IOException { InnerException: SocketException } busy => [busy.Message],
        SqliteException sqlite => [$"The database cannot be opened: {sqlite.Message} Check the folder given by Storage:Directory."],
        NpgsqlException or InvalidOperationException { InnerException: NpgsqlException } => [PostgresProblem.Describe(exception)],
        UnfitDatabaseException unfit => [unfit.Message],
        UnauthorizedAccessException denied => [$"{denied.Message} Check the folder given by Storage:Directory."],
        _ => null,
    };
}
