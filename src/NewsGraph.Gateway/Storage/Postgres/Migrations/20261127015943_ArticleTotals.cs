using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsGraph.Gateway.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ArticleTotals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "article_totals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PublicCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_article_totals", x => x.Id);
                });

            migrationBuilder.Sql(
                """
                INSERT INTO article_totals ("Id", "PublicCount") SELECT 1, count(*) FROM articles WHERE "Status" = 3
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "article_totals");
        }
    }
}
