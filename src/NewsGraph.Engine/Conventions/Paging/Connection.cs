using GraphQL.DataLoader;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>
/// The source object of a connection type. It holds no rows: what is selected is fetched, the rest costs nothing.
/// </summary>
public abstract class Connection
{
    /// <summary>The object whose field this connection is, for fields that a connection type adds of its own.</summary>
    public abstract object? Parent { get; }

    /// <summary>The page's items.</summary>
    public IDataLoaderResult<Page> Page => OfPage(static page => page);

    /// <summary>How many items the whole list has, behind the filter, where that needs no counting.</summary>
    public virtual int? KnownCount => null;

    /// <summary>How many items the whole list has, behind the filter.</summary>
    public abstract IDataLoaderResult<int> TotalCount { get; }

    /// <summary>Whether items exist that <c>after</c> leaves out in front of the page.</summary>
    private protected abstract IDataLoaderResult<bool> Before { get; }

    /// <summary>Whether items exist that <c>before</c> leaves out behind the page.</summary>
    private protected abstract IDataLoaderResult<bool> Behind { get; }

    /// <summary>Whether the list goes on behind the page.</summary>
    public IDataLoaderResult<bool> HasNextPage() => new EitherResult(OfPage(static page => page.MoreBehind), Behind);

    /// <summary>Whether the list has items in front of the page.</summary>
    public IDataLoaderResult<bool> HasPreviousPage() => new EitherResult(OfPage(static page => page.MoreBefore), Before);

    /// <summary>Something of the page.</summary>
    /// <param name="select">Takes it; captures nothing of a resolver's context.</param>
    internal abstract IDataLoaderResult<TResult> OfPage<TResult>(Func<Page, TResult> select);

    /// <summary>Whether one of two holds; the second is asked for only where the first does not.</summary>
    private sealed class EitherResult(IDataLoaderResult<bool> first, IDataLoaderResult<bool> second) : IDataLoaderResult<bool>, IReadyResult
    {
        public bool KeepsContext => false;

        public bool TryGet(CancellationToken cancellationToken, out object? value) =>
            first is IReadyResult one && second is IReadyResult other
                ? one.TryGet(cancellationToken, out value) && (value is true || other.TryGet(cancellationToken, out value))
                : DataLoaderResults.TryGet(GetResultAsync(cancellationToken), out value);

        public async Task<bool> GetResultAsync(CancellationToken cancellationToken = default) =>
            await first.GetResultAsync(cancellationToken) || await second.GetResultAsync(cancellationToken);

        Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => DataLoaderResults.Box(GetResultAsync(cancellationToken));
    }
}

/// <summary>The connection of a list that stands alone, such as a field of the query root.</summary>
internal sealed class RootConnection<T>(RootPager<T> pager, object? parent) : Connection
    where T : class
{
    private readonly DeferredResult<Page<T>> _page = new(pager.PageAsync);

    public override object? Parent => parent;

    public override IDataLoaderResult<int> TotalCount => field ??= new DeferredResult<int>(pager.CountAsync);

    private protected override IDataLoaderResult<bool> Before => field ??=
        new DeferredResult<bool>(cancellationToken => pager.ExistsOutsideAsync(beforeStart: true, cancellationToken));

    private protected override IDataLoaderResult<bool> Behind => field ??=
        new DeferredResult<bool>(cancellationToken => pager.ExistsOutsideAsync(beforeStart: false, cancellationToken));

    internal override IDataLoaderResult<TResult> OfPage<TResult>(Func<Page, TResult> select) => _page.Select<Page<T>, TResult>(select);
}

/// <summary>The connection of one parent among many; all parents' pages come from one statement.</summary>
internal sealed class ChildConnection<TSource, T>(ChildList<TSource, T> list, TSource parent) : Connection
    where T : class
{
    public override object? Parent => parent;

    public override int? KnownCount => list.StoredCount?.Invoke(parent);

    public override IDataLoaderResult<int> TotalCount => KnownCount is { } count
        ? new KnownResult<int>(count)
        : list.Pager.Counts.LoadAsync(Id);

    private protected override IDataLoaderResult<bool> Before => IsEmpty ? new KnownResult<bool>(false) : list.Pager.Before.LoadAsync(Id);

    private protected override IDataLoaderResult<bool> Behind => IsEmpty ? new KnownResult<bool>(false) : list.Pager.Behind.LoadAsync(Id);

    // What is stored with the parent says that there is nothing to read. Where something has to be read first, that must be
    // older than the list, and the parent is older still.
    private bool IsEmpty => !list.Pager.ReadsFirst && KnownCount == 0;

    private long Id => list.ParentId(parent);

    internal override IDataLoaderResult<TResult> OfPage<TResult>(Func<Page, TResult> select) => IsEmpty
        ? new KnownResult<TResult>(select(list.Pager.Empty))
        : list.Pager.Pages.LoadAsync(Id).Select<Page<T>?, TResult>(select!);
}
