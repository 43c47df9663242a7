using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsGraph.Gateway.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TagsOfArticles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_article_tags_ArticleId_Position_TagId",
                table: "article_tags",
                columns: new[] { "ArticleId", "Position", "TagId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_article_tags_ArticleId_Position_TagId",
                table: "article_tags");
        }
    }
}
