using GraphQL;
using GraphQL.Builders;
using GraphQL.Resolvers;
using NewsGraph.Engine.Execution.Json;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Engine.Conventions.Types;

/// <summary>Fields that need little more than their source object. They cost less than those with a resolver's context.</summary>
public static class SourceFields
{
    /// <summary>
    /// Resolves a field from its source object alone. A leaf is read when it is written, and goes straight into the
    /// answer; so the function must do nothing but read.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <param name="read">Gives the value.</param>
    public static FieldBuilder<TSource, object> From<TSource, TValue>(this FieldBuilder<TSource, object> field, Func<TSource, TValue> read) =>
        field.Resolve(new SourceField<TSource, TValue>(read));

    /// <summary>Resolves a field from a text of its source object as it was stored.</summary>
    /// <param name="field">The field.</param>
    /// <param name="read">Gives the text; it must do nothing but read.</param>
    /// <param name="unread">Resolves the field where the text was not read; null when it always is.</param>
    public static FieldBuilder<TSource, object> FromText<TSource>(
        this FieldBuilder<TSource, object> field, Func<TSource, StoredText> read, Func<IResolveFieldContext<TSource>, object?>? unread = null) =>
        field.Resolve(new StoredTextField<TSource>(read, unread));

    /// <summary>Resolves a field with a loader of the request.</summary>
    /// <param name="field">The field.</param>
    /// <param name="load">Asks the loader for what belongs to a source object.</param>
    public static FieldBuilder<TSource, object> From<TSource, TLoader>(this FieldBuilder<TSource, object> field, Func<TLoader, TSource, object?> load)
        where TLoader : class =>
        field.Resolve(new LoaderField<TSource, TLoader>(load));

    private sealed class SourceField<TSource, TValue>(Func<TSource, TValue> read) : IFieldResolver, ISourceField
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(read((TSource)context.Source!));

        public SourceWriter? WriterFor(LeafWriter leaf) => leaf is ILeafOf<TValue> typed ? new Writer(read, typed) : null;

        private sealed class Writer(Func<TSource, TValue> read, ILeafOf<TValue> leaf) : SourceWriter
        {
            public override bool TryWrite(JsonBuffer output, object? source) => leaf.TryWrite(output, read((TSource)source!));
        }
    }

    private sealed class StoredTextField<TSource>(Func<TSource, StoredText> read, Func<IResolveFieldContext<TSource>, object?>? unread) : IFieldResolver, ISourceField
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
            new(read((TSource)context.Source!) is var text && (text.IsRead || unread is null) ? text.ToText(context.FieldDefinition.Name) : unread(context.As<TSource>()));

        public SourceWriter? WriterFor(LeafWriter leaf) => leaf is ILeafOf<StoredText> typed ? new Writer(read, typed, unread is not null) : null;

        private sealed class Writer(Func<TSource, StoredText> read, ILeafOf<StoredText> leaf, bool mayBeMissing) : SourceWriter
        {
            public override bool MayBeMissing => mayBeMissing;

            public override bool IsThere(object? source) => read((TSource)source!).IsRead;

            public override bool TryWrite(JsonBuffer output, object? source) => leaf.TryWrite(output, read((TSource)source!));
        }
    }

    private sealed class LoaderField<TSource, TLoader>(Func<TLoader, TSource, object?> load) : IFieldResolver
        where TLoader : class
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(load(context.Loader<TLoader>(), (TSource)context.Source!));
    }
}
