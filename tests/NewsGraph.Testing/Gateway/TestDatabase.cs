namespace NewsGraph.Testing.Gateway;

/// <summary>What a test's data is stored in. Tests that behave alike on both are written once and inherited for each.</summary>
public enum TestDatabase
{
    /// <summary>A file in a folder of the test's own.</summary>
    Sqlite,

    /// <summary>A database of the test's own on the test run's server.</summary>
    Postgres,
}
