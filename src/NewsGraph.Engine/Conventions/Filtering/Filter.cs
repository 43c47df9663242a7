using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Paging;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>What a client filters by.</summary>
/// <typeparam name="T">What is filtered.</typeparam>
internal sealed class Filter<T>
{
    private readonly IFilterInput _input;
    private readonly IDictionary<string, object?> _fields;
    private readonly FilterLimits _limits;

    /// <param name="input">The input's type.</param>
    /// <param name="fields">The filter.</param>
    /// <param name="limits">How much it may ask for.</param>
    /// <param name="key">What it shares with others that differ in their values only; null when there are none.</param>
    /// <param name="values">Its values, when it has a key.</param>
    public Filter(IFilterInput input, IDictionary<string, object?> fields, FilterLimits limits, string? key, IReadOnlyList<object> values) =>
        (_input, _fields, _limits, Key, Values) = (input, fields, limits, key, values);

    /// <summary>What it shares with others that differ in their values only; null when there are none.</summary>
    public string? Key { get; }

    /// <summary>Its values, when it has a key.</summary>
    public IReadOnlyList<object> Values { get; }

    /// <summary>The filter as a condition on an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="values">The query's values.</param>
    /// <param name="firstPlace">Where this filter's values begin among them.</param>
    public Expression Condition(Expression item, QueryValues values, int firstPlace) =>
        _input.Bind(item, _fields, null, new FilterBinding(_limits, Key is null ? null : values, firstPlace))!;
}
