using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.Ingest;

public sealed class PostgresImportTests() : ImportSpecification(TestDatabase.Postgres);

public sealed class PostgresImportFeedTests() : ImportFeedSpecification(TestDatabase.Postgres);

public sealed class PostgresImportGroundTruthTests() : ImportGroundTruthSpecification(TestDatabase.Postgres);

public sealed class PostgresLongTextTests() : LongTextSpecification(TestDatabase.Postgres);
