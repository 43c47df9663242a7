using System.Linq.Expressions;
using GraphQL;
using GraphQL.Types;

namespace NewsGraph.Engine.Conventions.Sorting;

/// <summary>
/// An input such as <c>ArticleSortInput</c>: one <see cref="SortEnumType"/> field per key a client may sort by. Every
/// key should be served by an index.
/// </summary>
/// <typeparam name="T">What is sorted.</typeparam>
public abstract class SortInputType<T> : InputObjectGraphType
{
    private readonly Dictionary<string, SortKey<T>> _keys = [];

    /// <summary>Creates the type.</summary>
    /// <param name="name">The GraphQL name, <c>ArticleSortInput</c>.</param>
    /// <param name="description">For the client developer.</param>
    protected SortInputType(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>Adds a key.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="key">The member to sort by.</param>
    /// <param name="description">For the client developer.</param>
    /// <exception cref="ArgumentException">The member's type has no order that all databases share.</exception>
    protected void Sort<TKey>(string name, Expression<Func<T, TKey>> key, string description)
    {
        _keys.Add(name, SortKey.Ascending(key));
        Field<SortEnumType>(name).Description(description);
    }

    /// <summary>Reads an <c>order</c> argument; empty when it is absent, null or names no key.</summary>
    /// <param name="context">The field's context.</param>
    /// <param name="argument">The argument's name.</param>
    public IReadOnlyList<SortKey<T>> Read(IResolveFieldContext context, string argument)
    {
        if (context.GetArgument<object?>(argument) is not IEnumerable<object?> entries)
        {
            return [];
        }

        var keys = new List<SortKey<T>>();
        var index = 0;
        foreach (var entry in entries)
        {
            var fields = (IDictionary<string, object?>)entry!;
            foreach (var name in WrittenOrder.Of(context, argument, index++, fields.Keys))
            {
                if (fields.TryGetValue(name, out var direction) && direction is SortDirection asked)
                {
                    keys.Add(_keys[name].In(asked));
                }
            }
        }

        return keys;
    }
}
