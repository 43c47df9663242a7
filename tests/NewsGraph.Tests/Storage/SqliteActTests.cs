using NewsGraph.Testing.Specifications;

namespace NewsGraph.Tests.Storage;

public sealed class SqliteActTests : ActSpecification;
