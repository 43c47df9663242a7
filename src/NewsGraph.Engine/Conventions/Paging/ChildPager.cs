using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Filtering;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>
/// The same page of many parents' lists, in a fixed number of statements. A single parent gets a plain limited query;
/// for many the database numbers the rows of each.
/// </summary>
internal sealed class ChildPager<T>
    where T : class
{
    private readonly PageWindow<T> _window;
    private readonly Func<QueryScope<ChildRow<T>>> _source;

    public ChildPager(PageWindow<T> window, Func<QueryScope<ChildRow<T>>> source)
    {
        _window = window;
        _source = source;
        Pages = new Loader<Page<T>>(PagesAsync, () => window.ToPage([]));
        Counts = new Loader<int>(CountsAsync, () => 0);
        Before = new Loader<bool>((parents, cancellationToken) => ExistsAsync(parents, beforeStart: true, cancellationToken), () => false);
        Behind = new Loader<bool>((parents, cancellationToken) => ExistsAsync(parents, beforeStart: false, cancellationToken), () => false);
    }

    public BatchLoader<long, Page<T>> Pages { get; }

    public BatchLoader<long, int> Counts { get; }

    public BatchLoader<long, bool> Before { get; }

    public BatchLoader<long, bool> Behind { get; }

    private async Task<IReadOnlyDictionary<long, Page<T>>> PagesAsync(IReadOnlyList<long> parents, CancellationToken cancellationToken)
    {
        await using var scope = _source();
        var rows = Of(scope.Query, parents, _window.Within);
        if (parents.Count == 1)
        {
            var nodes = Ordered(rows).Take(_window.FetchSize).Select(row => row.Node);
            return new Dictionary<long, Page<T>> { [parents[0]] = _window.ToPage(await nodes.ReadAsync(cancellationToken)) };
        }

        var groups = await rows.GroupBy(row => row.ParentId).Select(Slice()).ReadAsync(cancellationToken);
        return groups.ToDictionary(group => group.ParentId, group => _window.ToPage(group.Nodes));
    }

    private async Task<IReadOnlyDictionary<long, int>> CountsAsync(IReadOnlyList<long> parents, CancellationToken cancellationToken)
    {
        await using var scope = _source();
        var counts = Of(scope.Query, parents, _window.Filter)
            .GroupBy(row => row.ParentId)
            .Select(group => new KeyValuePair<long, int>(group.Key, group.Count()));
        return (await counts.ReadAsync(cancellationToken)).ToDictionary();
    }

    private async Task<IReadOnlyDictionary<long, bool>> ExistsAsync(IReadOnlyList<long> parents, bool beforeStart, CancellationToken cancellationToken)
    {
        if (beforeStart ? !_window.HasAfter : !_window.HasBefore)
        {
            return new Dictionary<long, bool>();
        }

        await using var scope = _source();
        var found = Of(scope.Query, parents, node => _window.Outside(node, beforeStart)).Select(row => row.ParentId).Distinct();
        return (await found.ReadAsync(cancellationToken)).ToDictionary(parent => parent, _ => true);
    }

    private static IQueryable<ChildRow<T>> Of(IQueryable<ChildRow<T>> rows, IReadOnlyList<long> parents, Func<Expression, Expression?> condition)
    {
        var ids = parents.ToArray();
        var single = ids[0];
        rows = ids.Length == 1
            ? rows.Where(row => row.ParentId == single)
            : rows.Where(row => Enumerable.Contains(ids, row.ParentId));

        var parameter = Expression.Parameter(typeof(ChildRow<T>), "row");
        return condition(Node(parameter)) is { } body
            ? rows.Where(Expression.Lambda<Func<ChildRow<T>, bool>>(body, parameter))
            : rows;
    }

    private IQueryable<ChildRow<T>> Ordered(IQueryable<ChildRow<T>> rows)
    {
        var row = Expression.Parameter(typeof(ChildRow<T>), "row");
        return rows.Provider.CreateQuery<ChildRow<T>>(_window.FetchOrder.Apply(rows.Expression, typeof(Queryable), row, Node(row)));
    }

    /// <summary>The first rows of a group in the order to fetch.</summary>
    private Expression<Func<IGrouping<long, ChildRow<T>>, ChildSlice>> Slice()
    {
        var group = Expression.Parameter(typeof(IGrouping<long, ChildRow<T>>), "group");
        var row = Expression.Parameter(typeof(ChildRow<T>), "row");
        var ordered = _window.FetchOrder.Apply(group, typeof(Enumerable), row, Node(row));
        var taken = Expression.Call(
            typeof(Enumerable), nameof(Enumerable.Take), [row.Type], ordered, QueryExpressions.Captured(_window.FetchSize, typeof(int)));
        var nodes = Expression.Call(
            typeof(Enumerable), nameof(Enumerable.Select), [row.Type, typeof(T)], taken, Expression.Lambda(Node(row), row));
        var list = Expression.Call(typeof(Enumerable), nameof(Enumerable.ToList), [typeof(T)], nodes);
        var slice = Expression.MemberInit(
            Expression.New(typeof(ChildSlice)),
            Expression.Bind(typeof(ChildSlice).GetProperty(nameof(ChildSlice.ParentId))!, Expression.Property(group, "Key")),
            Expression.Bind(typeof(ChildSlice).GetProperty(nameof(ChildSlice.Nodes))!, list));
        return Expression.Lambda<Func<IGrouping<long, ChildRow<T>>, ChildSlice>>(slice, group);
    }

    private static MemberExpression Node(Expression row) => Expression.Property(row, nameof(ChildRow<>.Node));

    private sealed class ChildSlice
    {
        public long ParentId { get; init; }

        public List<T> Nodes { get; init; } = [];
    }

    private sealed class Loader<TValue>(
        Func<IReadOnlyList<long>, CancellationToken, Task<IReadOnlyDictionary<long, TValue>>> load,
        Func<TValue> missing)
        : BatchLoader<long, TValue>
    {
        protected override Task<IReadOnlyDictionary<long, TValue>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
            load(keys, cancellationToken);

        protected override TValue? Missing(long key) => missing();
    }
}
