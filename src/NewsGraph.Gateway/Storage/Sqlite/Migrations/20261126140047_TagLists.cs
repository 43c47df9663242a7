using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsGraph.Gateway.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TagLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_article_tags_TagId_ArticleId",
                table: "article_tags");

            migrationBuilder.AddColumn<long>(
                name: "ListedAt",
                table: "article_tags",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE article_tags SET "ListedAt" = (
                    SELECT a."PublishedAt" FROM articles AS a WHERE a."Id" = article_tags."ArticleId" AND a."Status" = 3)
                """);

            migrationBuilder.CreateIndex(
                name: "IX_article_tags_TagId_ListedAt_ArticleId",
                table: "article_tags",
                columns: new[] { "TagId", "ListedAt", "ArticleId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_article_tags_TagId_ListedAt_ArticleId",
                table: "article_tags");

            migrationBuilder.DropColumn(
                name: "ListedAt",
                table: "article_tags");

            migrationBuilder.CreateIndex(
                name: "IX_article_tags_TagId_ArticleId",
                table: "article_tags",
                columns: new[] { "TagId", "ArticleId" });
        }
    }
}
