using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Filtering;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>
/// The same page of many parents' lists, in a fixed number of statements. A single parent gets a plain limited query;
/// for many the database looks up the first keys of each, or numbers the rows of all.
/// </summary>
internal sealed class ChildPager<T>
    where T : class
{
    private readonly PageWindow<T> _window;
    private readonly RowSource<ChildRow<T>> _source;
    private readonly Func<IReadOnlyList<long>, CancellationToken, Task>? _first;

    /// <param name="window">The page.</param>
    /// <param name="source">All parents' rows.</param>
    /// <param name="first">Awaited with the parents' keys before each statement, or null.</param>
    public ChildPager(PageWindow<T> window, RowSource<ChildRow<T>> source, Func<IReadOnlyList<long>, CancellationToken, Task>? first = null)
    {
        _window = window;
        _source = source;
        _first = first;
    }

    /// <summary>Whether something is read before each statement.</summary>
    public bool ReadsFirst => _first is not null;

    /// <summary>The page of a parent without rows.</summary>
    public Page<T> Empty => field ??= _window.ToPage([]);

    public BatchLoader<long, Page<T>> Pages => field ??= new Loader<Page<T>>(PagesAsync, () => Empty, _first);

    public BatchLoader<long, int> Counts => field ??= new Loader<int>(CountsAsync, () => 0, _first);

    public BatchLoader<long, bool> Before => field ??=
        new Loader<bool>((parents, cancellationToken) => ExistsAsync(parents, beforeStart: true, cancellationToken), () => false, _first);

    public BatchLoader<long, bool> Behind => field ??=
        new Loader<bool>((parents, cancellationToken) => ExistsAsync(parents, beforeStart: false, cancellationToken), () => false, _first);

    private async Task<IReadOnlyDictionary<long, Page<T>>> PagesAsync(IReadOnlyList<long> parents, CancellationToken cancellationToken)
    {
        if (parents.Count == 1)
        {
            var one = _window.Shape<ChildRow<T>, T>(PageStatement.Page, Places(parents), (roots, values) =>
                PageWindow<T>.Fetched(Ordered(Of(roots.Rows, values, parents.Count, _window.Within)), values).Select(row => row.Node), parents: parents);
            return new Dictionary<long, Page<T>> { [parents[0]] = _window.ToPage(await _source.ReadAsync(one, cancellationToken)) };
        }

        return _source.CanLookUp ? await LookUpAsync(parents, cancellationToken) : await NumberAsync(parents, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<long, Page<T>>> LookUpAsync(IReadOnlyList<long> parents, CancellationToken cancellationToken)
    {
        var query = _window.Shape<ChildRow<T>, ChildRow<T>>(PageStatement.PageOfEach, Places(parents), FirstOfEach, parents: parents);
        var lists = new Dictionary<long, List<T>>(parents.Count);
        foreach (var row in await _source.ReadAsync(query, cancellationToken))
        {
            if (!lists.TryGetValue(row.ParentId, out var list))
            {
                lists.Add(row.ParentId, list = []);
            }

            list.Add(row.Node);
        }

        var pages = new Dictionary<long, Page<T>>(lists.Count);
        foreach (var (parent, nodes) in lists)
        {
            pages.Add(parent, _window.ToPage(nodes));
        }

        return pages;
    }

    private async Task<IReadOnlyDictionary<long, Page<T>>> NumberAsync(IReadOnlyList<long> parents, CancellationToken cancellationToken)
    {
        var query = _window.Shape<ChildRow<T>, ChildSlice>(PageStatement.PageOfEach, Places(parents), (roots, values) =>
            Of(roots.Rows, values, parents.Count, _window.Within).GroupBy(row => row.ParentId).Select(Slice(values)), isKept: false, parents);
        var slices = await _source.ReadAsync(query, cancellationToken);
        return slices.ToDictionary(slice => slice.ParentId, slice => _window.ToPage(slice.Nodes));
    }

    private async Task<IReadOnlyDictionary<long, int>> CountsAsync(IReadOnlyList<long> parents, CancellationToken cancellationToken)
    {
        var query = _window.Shape<ChildRow<T>, ChildRow<int>>(Statement(parents, PageStatement.Count, PageStatement.CountOfEach), Places(parents), (roots, values) =>
            Of(roots.Rows, values, parents.Count, _window.Filter)
                .GroupBy(row => row.ParentId)
                .Select(group => new ChildRow<int> { ParentId = group.Key, Node = group.Count() }), parents: parents);
        var counts = new Dictionary<long, int>();
        foreach (var row in await _source.ReadAsync(query, cancellationToken))
        {
            counts.Add(row.ParentId, row.Node);
        }

        return counts;
    }

    private async Task<IReadOnlyDictionary<long, bool>> ExistsAsync(IReadOnlyList<long> parents, bool beforeStart, CancellationToken cancellationToken)
    {
        if (beforeStart ? !_window.HasAfter : !_window.HasBefore)
        {
            return new Dictionary<long, bool>();
        }

        var statement = beforeStart
            ? Statement(parents, PageStatement.Before, PageStatement.BeforeOfEach)
            : Statement(parents, PageStatement.Behind, PageStatement.BehindOfEach);
        var query = _window.Shape<ChildRow<T>, long>(statement, Places(parents), (roots, values) =>
            Of(roots.Rows, values, parents.Count, (node, places) => _window.Outside(node, beforeStart, places)).Select(row => row.ParentId).Distinct(), parents: parents);
        return (await _source.ReadAsync(query, cancellationToken)).ToDictionary(parent => parent, _ => true);
    }

    private static PageStatement Statement(IReadOnlyList<long> parents, PageStatement one, PageStatement many) =>
        parents.Count == 1 ? one : many;

    private static object[] Places(IReadOnlyList<long> parents) => [parents.Count == 1 ? parents[0] : parents.ToArray()];

    private IQueryable<ChildRow<T>> Of(
        IQueryable<ChildRow<T>> rows, QueryValues values, int parents, Func<Expression, QueryValues, Expression?> condition)
    {
        var row = Expression.Parameter(typeof(ChildRow<T>), "row");
        var parent = Expression.Property(row, nameof(ChildRow<>.ParentId));
        Expression chosen = parents == 1
            ? Expression.Equal(parent, values.At<long>(_window.FirstOwnPlace))
            : Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(long)], values.At<IEnumerable<long>>(_window.FirstOwnPlace), parent);
        return Where(rows, row, QueryExpressions.And(chosen, condition(Node(row), values))!);
    }

    /// <summary>
    /// The first rows of each parent, each parent's in the order to fetch: the keys of its first rows, found through an
    /// index, and then the rows with these keys.
    /// </summary>
    private IQueryable<ChildRow<T>> FirstOfEach(QueryRoots<ChildRow<T>> roots, QueryValues values)
    {
        var lookup = roots.Lookup!;
        var (parents, nodes) = (lookup.Parents(values, _window.FirstOwnPlace), (IQueryable<T>)lookup.Nodes);
        var pairs = lookup.IsLateral ? Joined(roots.Rows, parents, nodes, values) : Filtered(roots.Rows, parents, nodes, values);
        var pair = Expression.Parameter(typeof(Pair), "pair");
        var ordered = _window.FetchOrder.Apply(pairs.Expression, typeof(Queryable), pair, Expression.Property(pair, nameof(Pair.Node)));
        return pairs.Provider.CreateQuery<Pair>(ordered).Select(p => new ChildRow<T> { ParentId = p.Parent, Node = p.Node });
    }

    private IQueryable<Pair> Filtered(IQueryable<ChildRow<T>> rows, IQueryable<long> parents, IQueryable<T> nodes, QueryValues values)
    {
        var pair = Expression.Parameter(typeof(Pair), "pair");
        var keys = FirstKeys(Expression.Property(pair, nameof(Pair.Parent)), rows, values);
        var isListed = Expression.Call(
            typeof(Queryable), nameof(Queryable.Contains), [typeof(long)], keys, _window.UniqueKey(Expression.Property(pair, nameof(Pair.Node))));
        return parents
            .SelectMany(_ => nodes, (parent, node) => new Pair { Parent = parent, Node = node })
            .Where(Expression.Lambda<Func<Pair, bool>>(isListed, pair));
    }

    private IQueryable<Pair> Joined(IQueryable<ChildRow<T>> rows, IQueryable<long> parents, IQueryable<T> nodes, QueryValues values)
    {
        var parent = Expression.Parameter(typeof(long), "parent");
        var node = Expression.Parameter(typeof(T), "node");

        // Two bare columns that are equal would make it a plain join, with the rows of all parents numbered first.
        var keys = FirstKeys(Expression.Add(parent, Expression.Constant(0L)), rows, values);
        return parents
            .SelectMany(Expression.Lambda<Func<long, IEnumerable<long>>>(keys, parent), (owner, key) => new { owner, key })
            .Join(nodes, k => k.key, Expression.Lambda<Func<T, long>>(_window.UniqueKey(node), node), (k, n) => new Pair { Parent = k.owner, Node = n });
    }

    private MethodCallExpression FirstKeys(Expression parent, IQueryable<ChildRow<T>> rows, QueryValues values)
    {
        var row = Expression.Parameter(typeof(ChildRow<T>), "row");
        var ofParent = Expression.Equal(Expression.Property(row, nameof(ChildRow<>.ParentId)), parent);
        var listed = Ordered(Where(rows, row, QueryExpressions.And(ofParent, _window.Within(Node(row), values))!));
        return Expression.Call(
            typeof(Queryable),
            nameof(Queryable.Select),
            [typeof(ChildRow<T>), typeof(long)],
            PageWindow<T>.Fetched(listed, values).Expression,
            Expression.Quote(Expression.Lambda(_window.UniqueKey(Node(row)), row)));
    }

    private IQueryable<ChildRow<T>> Ordered(IQueryable<ChildRow<T>> rows)
    {
        var row = Expression.Parameter(typeof(ChildRow<T>), "row");
        return rows.Provider.CreateQuery<ChildRow<T>>(_window.FetchOrder.Apply(rows.Expression, typeof(Queryable), row, Node(row)));
    }

    /// <summary>The first rows of a group in the order to fetch.</summary>
    private Expression<Func<IGrouping<long, ChildRow<T>>, ChildSlice>> Slice(QueryValues values)
    {
        var group = Expression.Parameter(typeof(IGrouping<long, ChildRow<T>>), "group");
        var row = Expression.Parameter(typeof(ChildRow<T>), "row");
        var ordered = _window.FetchOrder.Apply(group, typeof(Enumerable), row, Node(row));
        var taken = Expression.Call(typeof(Enumerable), nameof(Enumerable.Take), [row.Type], ordered, PageWindow<T>.FetchSize(values));
        var nodes = Expression.Call(
            typeof(Enumerable), nameof(Enumerable.Select), [row.Type, typeof(T)], taken, Expression.Lambda(Node(row), row));
        var list = Expression.Call(typeof(Enumerable), nameof(Enumerable.ToList), [typeof(T)], nodes);
        var slice = Expression.MemberInit(
            Expression.New(typeof(ChildSlice)),
            Expression.Bind(typeof(ChildSlice).GetProperty(nameof(ChildSlice.ParentId))!, Expression.Property(group, "Key")),
            Expression.Bind(typeof(ChildSlice).GetProperty(nameof(ChildSlice.Nodes))!, list));
        return Expression.Lambda<Func<IGrouping<long, ChildRow<T>>, ChildSlice>>(slice, group);
    }

    private static IQueryable<ChildRow<T>> Where(IQueryable<ChildRow<T>> rows, ParameterExpression row, Expression condition) =>
        rows.Where(Expression.Lambda<Func<ChildRow<T>, bool>>(condition, row));

    private static MemberExpression Node(Expression row) => Expression.Property(row, nameof(ChildRow<>.Node));

    private sealed class ChildSlice
    {
        public long ParentId { get; init; }

        public List<T> Nodes { get; init; } = [];
    }

    private sealed class Pair
    {
        public long Parent { get; init; }

        public required T Node { get; init; }
    }

    private sealed class Loader<TValue>(
        Func<IReadOnlyList<long>, CancellationToken, Task<IReadOnlyDictionary<long, TValue>>> load,
        Func<TValue> missing,
        Func<IReadOnlyList<long>, CancellationToken, Task>? first)
        : BatchLoader<long, TValue>
    {
        protected override async Task<IReadOnlyDictionary<long, TValue>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
        {
            if (first is not null)
            {
                await first(keys, cancellationToken);
            }

            return await load(keys, cancellationToken);
        }

        protected override TValue? Missing(long key) => missing();
    }
}
