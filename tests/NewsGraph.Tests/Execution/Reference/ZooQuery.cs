using System.Globalization;
using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Tests.Execution.Reference;

internal sealed class ZooQuery : ObjectGraphType
{
    public ZooQuery(AnimalInterface animal, UnionGraphType pet, IObjectGraphType cat)
    {
        Name = "Query";
        Field("animal", animal).Argument<IntGraphType>("id").Resolve(c => Animal.Of(c.GetArgument("id", 1)));
        Field("cat", new NonNullGraphType(cat)).Argument<IntGraphType>("id").Resolve(c => new Cat(c.GetArgument("id", 3)));
        Field("mayBeNoCat", cat).Argument<IntGraphType>("id").Resolve(c => Animal.Of(c.GetArgument("id", 4)));
        Field("pets", new ListGraphType(new NonNullGraphType(pet))).Argument<IntGraphType>("count").Resolve(c => Many(c));
        Field("animals", new NonNullGraphType(new ListGraphType(animal))).Argument<IntGraphType>("count").Resolve(c => Many(c));
        Field("loaded", animal).Argument<NonNullGraphType<IntGraphType>>("id").Resolve(c => c.Loader<AnimalLoader>().LoadAsync(c.GetArgument<int>("id")));
        Field("nothing", new StringGraphType()).Resolve(_ => null);
        Field("echo", new StringGraphType())
            .Argument<EchoInput>("input")
            .Argument<ListGraphType<ListGraphType<IntGraphType>>>("numbers")
            .Argument<IdGraphType>("id")
            .Argument<FloatGraphType>("ratio")
            .Argument<NonNullGraphType<StringGraphType>>("text", argument => argument.DefaultValue = "said")
            .Resolve(c => string.Join(' ', c.Arguments!.OrderBy(a => a.Key).Select(a => $"{a.Key}={Show(a.Value.Value)}:{a.Value.Source}")));
    }

    private static List<Animal> Many(IResolveFieldContext context) =>
        [.. Enumerable.Range(0, Math.Clamp(context.GetArgument("count", 3), 0, 6)).Select(Animal.Of)];

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => text,
        IDictionary<string, object?> map => $"{{{string.Join(',', map.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}:{Show(entry.Value)}"))}}}",
        System.Collections.IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Show))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

internal sealed class EchoInput : InputObjectGraphType
{
    public EchoInput()
    {
        Name = "EchoInput";
        Field<NonNullGraphType<StringGraphType>>("must");
        Field<IntGraphType>("may").DefaultValue(5);
        Field<ListGraphType<NonNullGraphType<IdGraphType>>>("ids");
        Field<EchoInput>("inner");
    }
}

/// <summary>Root fields that see what the ones before them did.</summary>
internal sealed class ZooMutation : ObjectGraphType
{
    private const string Done = "done";

    public ZooMutation(AnimalInterface animal)
    {
        Name = "Mutation";
        var state = new ObjectGraphType { Name = "State" };
        state.Field("done", new NonNullGraphType(new StringGraphType())).Resolve(c => string.Join(',', Log(c)));
        state.Field("mayFail", new NonNullGraphType(new StringGraphType())).Resolve(c => Log(c).Count % 3 == 2 ? throw new InvalidOperationException("no") : "did not");
        state.Field("animal", animal).Resolve(c => Animal.Of(Log(c).Count));
        state.Field("loaded", animal).Resolve(c => c.Loader<AnimalLoader>().LoadAsync(20));
        Field("set", new NonNullGraphType(state)).Argument<IntGraphType>("value").Resolve(Set);
        Field("setLater", state).Argument<IntGraphType>("value").ResolveAsync(async c =>
        {
            await Task.Yield();
            return Set(c);
        });
        Field("refuse", state).Resolve(c => Log(c).Count % 2 == 0 ? throw new ExecutionError("refused") : Set(c));
    }

    private static object Set(IResolveFieldContext context)
    {
        Log(context).Add($"{context.FieldDefinition.Name} {context.GetArgument<int?>("value")}");
        return new object();
    }

    private static List<string> Log(IResolveFieldContext context)
    {
        if (!context.UserContext.TryGetValue(Done, out var log))
        {
            context.UserContext[Done] = log = new List<string>();
        }

        return (List<string>)log!;
    }
}
