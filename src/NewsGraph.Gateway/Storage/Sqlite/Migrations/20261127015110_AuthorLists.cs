using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsGraph.Gateway.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AuthorLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_article_authors_AuthorId_ArticleId",
                table: "article_authors");

            migrationBuilder.AddColumn<long>(
                name: "ListedAt",
                table: "article_authors",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE article_authors SET "ListedAt" = (
                    SELECT a."PublishedAt" FROM articles AS a WHERE a."Id" = article_authors."ArticleId" AND a."Status" = 3)
                """);

            migrationBuilder.CreateIndex(
                name: "IX_article_authors_AuthorId_ListedAt_ArticleId",
                table: "article_authors",
                columns: new[] { "AuthorId", "ListedAt", "ArticleId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_article_authors_AuthorId_ListedAt_ArticleId",
                table: "article_authors");

            migrationBuilder.DropColumn(
                name: "ListedAt",
                table: "article_authors");

            migrationBuilder.CreateIndex(
                name: "IX_article_authors_AuthorId_ArticleId",
                table: "article_authors",
                columns: new[] { "AuthorId", "ArticleId" });
        }
    }
}
