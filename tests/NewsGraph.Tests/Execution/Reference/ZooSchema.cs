using System.Collections;
using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Scalars;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Tests.Execution.Reference;

/// <summary>An animal; its number decides which of its fields fail, and how.</summary>
internal class Animal(int id)
{
    public int Id { get; } = id;

    public static Animal Of(int id) => (id % 3) switch
    {
        0 => new Cat(id),
        1 => new Dog(id),
        _ => new Ghost(id),
    };
}

internal sealed class Cat(int id) : Animal(id);

internal sealed class Dog(int id) : Animal(id);

/// <summary>What no type of the schema stands for, in some places.</summary>
internal sealed class Ghost(int id) : Animal(id);

internal enum Mood
{
    Calm,
    VeryAngry,
}

/// <summary>Everything that can go right and wrong in an execution: abstract types, lists of lists, nulls, exceptions, waiting.</summary>
internal sealed class ZooSchema : Schema
{
    public ZooSchema()
    {
        var thing = new AnimalInterface();
        var mood = new EnumerationGraphType<Mood> { Name = "Mood" };
        var cat = new AnimalType<Cat>("Cat", thing, mood);
        var dog = new AnimalType<Dog>("Dog", thing, mood);
        var pet = new UnionGraphType { Name = "Pet" };
        pet.AddPossibleType(cat);
        pet.AddPossibleType(dog);
        AnimalFields.AddTo(thing, thing, pet, mood, isInterface: true);
        AnimalFields.AddTo(cat, thing, pet, mood, isInterface: false);
        AnimalFields.AddTo(dog, thing, pet, mood, isInterface: false);
        Query = new ZooQuery(thing, pet, cat);
        Mutation = new ZooMutation(thing);
        RegisterType(cat);
        RegisterType(dog);
    }
}

internal sealed class AnimalInterface : InterfaceGraphType
{
    public AnimalInterface() => Name = "Animal";
}

internal sealed class AnimalType<T> : ObjectGraphType<T>
    where T : Animal
{
    public AnimalType(string name, AnimalInterface animal, EnumerationGraphType mood)
    {
        Name = name;
        AddResolvedInterface(animal);
        Field("readText", new NonNullGraphType(new StringGraphType())).From(a => a.Id % 5 == 4 ? null : "text");
        Field("readNumber", new IntGraphType()).From(a => a.Id % 4 == 1 ? throw new InvalidOperationException("no number") : (int?)a.Id);
        Field("readTime", new NonNullGraphType(new DateTimeScalar())).From(a => a.Id % 3 == 0 ? throw new ExecutionError("no time") : new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified));
        Field("readDouble", new FloatGraphType()).From(a => a.Id % 2 == 0 ? double.PositiveInfinity : 1e-7);
        Field("readMood", mood).From(a => a.Id % 2 == 0 ? Mood.Calm : Mood.VeryAngry);
        Field("readFriends", new ListGraphType(animal)).From(a => new[] { Animal.Of(a.Id), null });
        Field("readLoaded", animal).From((AnimalLoader loader, T a) => loader.LoadAsync(a.Id + 8));
        Field("own" + name, mood).Resolve(c => c.Source.Id % 5 == 0 ? "not a mood" : Mood.VeryAngry);
    }
}

/// <summary>The batch of a level: numbers that divide by 13 cannot be loaded.</summary>
internal class AnimalLoader : BatchLoader<int, Animal>
{
    protected override async Task<IReadOnlyDictionary<int, Animal>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
    {
        if (keys.Count % 2 == 0)
        {
            await Task.Yield();
        }

        return keys.Exists(key => key % 13 == 12)
            ? throw new InvalidOperationException("This batch has an unlucky number.")
            : keys.Where(key => key % 7 != 0).ToDictionary(key => key, Animal.Of);
    }
}

/// <summary>For what is loaded a round later: which keys meet in a batch of two rounds is nobody's promise, and a batch fails as a whole.</summary>
internal sealed class SecondRoundLoader : AnimalLoader;

internal static class ReadOnlyLists
{
    public static bool Exists<T>(this IReadOnlyList<T> list, Func<T, bool> condition) => list.Any(condition);
}

/// <summary>A list that throws after some items.</summary>
internal sealed class BrokenList(int count) : IEnumerable<object?>
{
    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < count; i++)
        {
            yield return Animal.Of(i);
        }

        throw new InvalidOperationException("The list is broken.");
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
