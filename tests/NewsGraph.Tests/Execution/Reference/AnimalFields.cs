using System.Globalization;
using GraphQL;
using GraphQL.Builders;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Scalars;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Tests.Execution.Reference;

/// <summary>The fields that all animals have.</summary>
internal static class AnimalFields
{
    public static void AddTo(IComplexGraphType type, AnimalInterface animal, UnionGraphType pet, EnumerationGraphType mood, bool isInterface)
    {
        void Add(string name, IGraphType result, Func<Animal, IResolveFieldContext, object?> resolve, params QueryArgument[] arguments) =>
            type.AddField(new FieldType
            {
                Name = name,
                ResolvedType = result,
                Arguments = new QueryArguments(arguments),
                Resolver = isInterface ? null : new FuncFieldResolver<object>(context => resolve((Animal)context.Source!, context)),
            });

        void AddAsync(string name, IGraphType result, Func<Animal, IResolveFieldContext, Task<object?>> resolve) =>
            type.AddField(new FieldType
            {
                Name = name,
                ResolvedType = result,
                Resolver = isInterface ? null : new FuncFieldResolver<object>(async context => await resolve((Animal)context.Source!, context)),
            });

        void AddText(string name, IGraphType result)
        {
            var field = FieldBuilder<Animal, object>.Create(name, result)
                .FromText(Stored, c => new DeferredResult<string?>(async _ => await LaterAsync(c.Source.Id) is null ? null : "read late")).FieldType;
            field.Resolver = isInterface ? null : field.Resolver;
            type.AddField(field);
        }

        static QueryArgument First() => new(new IntGraphType()) { Name = "first", DefaultValue = 2 };

        AddLeaves(Add, mood);
        AddText("stored", new StringGraphType());
        AddText("storedNonNull", new NonNullGraphType(new StringGraphType()));
        Add("self", new NonNullGraphType(animal), (a, _) => a);
        Add("next", animal, (a, _) => Animal.Of(a.Id + 1));
        Add("nextNonNull", new NonNullGraphType(animal), (a, _) => a.Id % 4 == 3 ? null : Animal.Of(a.Id + 1));
        Add("friend", pet, (a, _) => Animal.Of(a.Id + 2));
        Add("friends", new ListGraphType(pet), (a, c) => Range(a, c), First());
        Add("friendsNonNull", new NonNullGraphType(new ListGraphType(new NonNullGraphType(pet))), (a, c) => Range(a, c).ToList(), First());
        Add("friendsLater", new ListGraphType(new NonNullGraphType(animal)), (a, c) => Range(a, c).Select(friend => c.Loader<AnimalLoader>().LoadAsync(friend?.Id ?? 0)).ToList(), First());
        Add("rows", new ListGraphType(new NonNullGraphType(new ListGraphType(animal))), (a, c) => new[] { Range(a, c), null, [a] }.Take(a.Id % 4), First());
        Add("loaded", animal, (a, c) => c.Loader<AnimalLoader>().LoadAsync(a.Id + 3));
        Add("loadedNonNull", new NonNullGraphType(animal), (a, c) => c.Loader<AnimalLoader>().LoadAsync(a.Id + 4));
        Add("loadedTwice", animal, (a, c) => Twice(c, a.Id));
        Add("loadedMany", new ListGraphType(animal), (a, c) => c.Loader<AnimalLoader>().LoadManyAsync([a.Id, a.Id + 5]));
        Add("broken", new ListGraphType(new NonNullGraphType(animal)), (a, _) => new BrokenList(a.Id % 4));
        Add("notAList", new ListGraphType(animal), (a, _) => a);
        AddAsync("later", animal, async (a, _) => await LaterAsync(a.Id + 1));
        AddAsync("laterLoaded", animal, async (a, c) => await LaterAsync(0) is null ? null : c.Loader<AnimalLoader>().LoadAsync(a.Id + 6));
        AddAsync("laterText", new NonNullGraphType(new StringGraphType()), async (a, c) => await LaterAsync(a.Id) is Ghost ? null : Trace(c));
    }

    private static void AddLeaves(
        Action<string, IGraphType, Func<Animal, IResolveFieldContext, object?>, QueryArgument[]> add, EnumerationGraphType mood)
    {
        void Add(string name, IGraphType result, Func<Animal, IResolveFieldContext, object?> resolve, params QueryArgument[] arguments) =>
            add(name, result, resolve, arguments);

        Add("id", new NonNullGraphType(new IdGraphType()), (a, _) => a.Id);
        Add("name", new StringGraphType(), (a, _) => a.Id % 4 == 0 ? null : $"N\"{a.Id}\"\u2028😀\\<&'\0");
        Add("nameNonNull", new NonNullGraphType(new StringGraphType()), (a, _) => a.Id % 6 == 5 ? null : "n");
        Add("number", new IntGraphType(), (a, _) => a.Id % 5 == 4 ? long.MaxValue : a.Id);
        Add("weight", new FloatGraphType(), (a, _) => a.Id % 3 == 0 ? double.NaN : a.Id / 7d);
        Add("price", new DecimalGraphType(), (a, _) => a.Id / 8m);
        Add("tame", new BooleanGraphType(), (a, _) => a.Id % 2 == 0);
        Add("mood", mood, (a, _) => a.Id % 5 == 0 ? Mood.Calm : a.Id % 5 == 1 ? (object)7 : null);
        Add("born", new DateTimeScalar(), (a, _) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(a.Id).AddTicks(a.Id % 2));
        Add("life", new DurationScalar(), (a, _) => TimeSpan.FromMinutes(a.Id));
        Add("any", new AnyScalar(), (a, _) => new Dictionary<string, object?> { ["a"] = new object?[] { a.Id, null, "b" } });
        Add("throws", new StringGraphType(), (a, _) => a.Id % 2 == 0 ? throw new InvalidOperationException("secret") : "not this time");
        Add("throwsNonNull", new NonNullGraphType(new StringGraphType()), (a, _) => a.Id % 3 == 1 ? throw new ExecutionError("told") { Code = "TOLD" } : "ok");
        Add("words", new ListGraphType(new StringGraphType()), (a, _) => new[] { "a", null, "c" }.Take(a.Id % 4).ToList());
        Add("wordsNonNull", new ListGraphType(new NonNullGraphType(new StringGraphType())), (a, _) => new[] { "a", null, "c" }.Take(a.Id % 4).ToArray());
        Add("matrix", new ListGraphType(new ListGraphType(new NonNullGraphType(new IntGraphType()))), (a, _) => new[] { new object?[] { 1, a.Id % 2 == 0 ? null : 2 }, null, [3, "four"] });
        Add("moods", new ListGraphType(mood), (a, _) => a.Id % 2 == 0 ? [Mood.Calm, null, "wrong"] : Moods());
        Add("brokenMoods", new ListGraphType(new NonNullGraphType(mood)), (a, _) => BrokenMoods(a.Id % 3));
        Add("trace", new StringGraphType(), (_, c) => Trace(c), new QueryArgument(new IntGraphType()) { Name = "first", DefaultValue = 2 }, new QueryArgument(new ListGraphType(new NonNullGraphType(mood))) { Name = "moods" });
    }

    private static StoredText Stored(Animal animal) => (animal.Id % 6) switch
    {
        0 => null,
        1 => StoredText.OfUtf8("<p class=\"é\">日本 \u2028😀</p>\n"u8.ToArray()),
        2 => "in characters",
        3 => throw new InvalidOperationException("secret"),
        4 => StoredText.OfUtf8([]),
        _ => StoredText.Unread,
    };

    private static IEnumerable<object?> Moods()
    {
        yield return Mood.VeryAngry;
    }

    private static IEnumerable<object?> BrokenMoods(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return i == 0 ? null : "wrong";
        }

        throw new InvalidOperationException("The list is broken.");
    }

    private static IEnumerable<Animal?> Range(Animal animal, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? 1;
        if (first > 50)
        {
            throw new ExecutionError("Too many friends.");
        }

        return Enumerable.Range(animal.Id, Math.Max(0, first)).Select(id => id % 9 == 8 ? null : Animal.Of(id));
    }

    private static async Task<Animal?> LaterAsync(int id)
    {
        await Task.Yield();
        return id % 5 == 4 ? throw new InvalidOperationException("late") : id % 7 == 6 ? null : Animal.Of(id);
    }

    // A result that gives another one: it waits for two rounds.
    private static DeferredResult<IDataLoaderResult<Animal?>> Twice(IResolveFieldContext context, int id)
    {
        var loader = context.Loader<SecondRoundLoader>();
        return new DeferredResult<IDataLoaderResult<Animal?>>(_ => Task.FromResult(loader.LoadAsync(id + 1)));
    }

    // What a resolver can learn of its place.
    private static string Trace(IResolveFieldContext context) => string.Create(
        CultureInfo.InvariantCulture,
        $"{context.ParentType.Name}.{context.FieldDefinition.Name} {string.Join('/', context.Path)} {string.Join('/', context.ResponsePath)} "
        + $"{string.Join(',', context.Arguments?.OrderBy(a => a.Key).Select(a => $"{a.Key}={Show(a.Value.Value)}:{a.Value.Source}") ?? [])} "
        + $"{string.Join(',', context.Directives?.Keys.Order() ?? Enumerable.Empty<string>())} "
        + $"{context.FieldAst.Name.StringValue} {context.FieldAst.Alias?.Name.StringValue} {context.Operation.Name?.StringValue} "
        + $"{string.Join(',', context.Variables.Select(v => $"{v.Name}={Show(v.Value)}:{v.IsDefault}:{v.ValueSpecified}"))} "
        + $"{string.Join(',', context.Parent?.SubFields?.Select(f => $"{f.Key}:{f.Value.Field.Name.StringValue}:{f.Value.FieldType.Name}") ?? [])}");

    private static string Show(object? value) => value is System.Collections.IEnumerable list and not string
        ? $"[{string.Join(';', list.Cast<object?>())}]"
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
}
