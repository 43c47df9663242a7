using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Articles;

/// <summary>What is kept of all articles together; one row.</summary>
public sealed class ArticleTotals
{
    /// <summary>The row's key.</summary>
    public const long TheOne = 1;

    public long Id { get; set; }

    /// <summary>Articles readers can see; kept in the transaction that changes one.</summary>
    [ChangesOften]
    public int PublicCount { get; set; }

    /// <summary>
    /// Counts articles that come, or go. Whoever else does so waits until this act is over: it comes after all other rows
    /// but the feeds', where these acts wait for each other anyway.
    /// </summary>
    internal static async Task AddAsync(WriteScope scope, int step, CancellationToken cancellationToken)
    {
        if (step == 0)
        {
            return;
        }

        using var touching = scope.Changes.Touching<ArticleTotals>([TheOne], nameof(PublicCount));
        await scope.Db.Set<ArticleTotals>().Where(t => t.Id == TheOne).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.PublicCount, t => t.PublicCount + step), cancellationToken);
    }
}

internal sealed class ArticleTotalsMapping : IEntityTypeConfiguration<ArticleTotals>
{
    public void Configure(EntityTypeBuilder<ArticleTotals> builder)
    {
        builder.ToTable("article_totals");
        builder.Property(t => t.Id).ValueGeneratedNever();
    }
}
