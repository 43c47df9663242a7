using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsGraph.Gateway.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ThreadCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ThreadCount",
                table: "articles",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            // Approved comments under what readers can comment on; those that answer no approved one begin a thread.
            migrationBuilder.Sql(
                """
                UPDATE articles SET "ThreadCount" = (
                    SELECT COUNT(*) FROM comments AS c
                    WHERE c."ArticleId" = articles."Id" AND c."Status" = 0 AND (c."ParentId" IS NULL OR NOT EXISTS (
                        SELECT 1 FROM comments AS p WHERE p."Id" = c."ParentId" AND p."Status" = 0)))
                WHERE "CommentCount" > 0
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ThreadCount",
                table: "articles");
        }
    }
}
