using GraphQL.DataLoader;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>
/// The source object of a connection type. It holds no rows: what is selected is fetched, the rest costs nothing.
/// </summary>
public abstract class Connection
{
    /// <summary>The object whose field this connection is, for fields that a connection type adds of its own.</summary>
    public object? Parent { get; init; }

    /// <summary>The page's items.</summary>
    public abstract IDataLoaderResult<Page> Page { get; }

    /// <summary>How many items the whole list has, behind the filter.</summary>
    public abstract IDataLoaderResult<int> TotalCount { get; }

    /// <summary>Whether items exist that <c>after</c> leaves out in front of the page.</summary>
    private protected abstract IDataLoaderResult<bool> Before { get; }

    /// <summary>Whether items exist that <c>before</c> leaves out behind the page.</summary>
    private protected abstract IDataLoaderResult<bool> Behind { get; }

    /// <summary>Whether the list goes on behind the page.</summary>
    public IDataLoaderResult<bool> HasNextPage() => Either(page => page.MoreBehind, Behind);

    /// <summary>Whether the list has items in front of the page.</summary>
    public IDataLoaderResult<bool> HasPreviousPage() => Either(page => page.MoreBefore, Before);

    private DeferredResult<bool> Either(Func<Page, bool> more, IDataLoaderResult<bool> outside) =>
        new(async cancellationToken =>
            more(await Page.GetResultAsync(cancellationToken)) || await outside.GetResultAsync(cancellationToken));
}

/// <summary>The connection of a list that stands alone, such as a field of the query root.</summary>
internal sealed class RootConnection<T>(RootPager<T> pager) : Connection
    where T : class
{
    public override IDataLoaderResult<Page> Page { get; } =
        new DeferredResult<Page>(async cancellationToken => await pager.PageAsync(cancellationToken));

    public override IDataLoaderResult<int> TotalCount { get; } =
        new DeferredResult<int>(pager.CountAsync);

    private protected override IDataLoaderResult<bool> Before { get; } =
        new DeferredResult<bool>(cancellationToken => pager.ExistsOutsideAsync(beforeStart: true, cancellationToken));

    private protected override IDataLoaderResult<bool> Behind { get; } =
        new DeferredResult<bool>(cancellationToken => pager.ExistsOutsideAsync(beforeStart: false, cancellationToken));
}

/// <summary>The connection of one parent among many; all parents' pages come from one statement.</summary>
internal sealed class ChildConnection<T>(ChildPager<T> pager, long parentId, int? storedCount) : Connection
    where T : class
{
    public override IDataLoaderResult<Page> Page => field ??= pager.Pages.LoadAsync(parentId).Then(page => (Page)page!);

    public override IDataLoaderResult<int> TotalCount =>
        field ??= storedCount is { } count
            ? new DeferredResult<int>(_ => Task.FromResult(count))
            : pager.Counts.LoadAsync(parentId);

    private protected override IDataLoaderResult<bool> Before => field ??= pager.Before.LoadAsync(parentId);

    private protected override IDataLoaderResult<bool> Behind => field ??= pager.Behind.LoadAsync(parentId);
}
