using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.Tests.Ingest;

public sealed class SqliteImportTests() : ImportSpecification(TestDatabase.Sqlite);

public sealed class SqliteImportFeedTests() : ImportFeedSpecification(TestDatabase.Sqlite);

public sealed class SqliteImportGroundTruthTests() : ImportGroundTruthSpecification(TestDatabase.Sqlite);

public sealed class SqliteLongTextTests() : LongTextSpecification(TestDatabase.Sqlite);
