using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsGraph.Gateway.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class TagRevision : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Revision",
                table: "tags",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Revision",
                table: "tags");
        }
    }
}
