using System.Text.Json;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.MicrosoftDI;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Mutations;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Scalars;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Tests.Conventions;

/// <summary>A schema with one of everything the conventions give, run by the engine as in production.</summary>
public sealed class ShopSchema : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ShopSchema()
    {
        _services = new ServiceCollection()
            .AddSingleton<QueryType>()
            .AddSingleton<MutationType>()
            .AddNodes<ItemSource>()
            .AddFields<QueryType, NodeFields>()
            .AddFields<QueryType, ShopQueries>()
            .AddFields<MutationType, ShopMutations>()
            .AddSingleton<ItemLoads>()
            .AddSingleton<ISchema>(provider => new Root(new SelfActivatingServiceProvider(provider)))
            .AddGraphQLExecution()
            .Configure<GraphQLLimitsOptions>(options => options.AllowIntrospection = true)
            .BuildServiceProvider();
    }

    public string Sdl => _services.GetRequiredService<SchemaDocument>().Text;

    internal ItemLoads Loads => _services.GetRequiredService<ItemLoads>();

    /// <summary>Runs an operation; its whole result.</summary>
    public async Task<JsonElement> AskAsync(string query, object? variables = null)
    {
        var result = await _services.GetRequiredService<IOperationExecutor>().ExecuteAsync(
            new OperationRequest { Query = query, Variables = JsonSerializer.SerializeToElement(variables ?? new { }) },
            TestContext.Current.CancellationToken);
        return JsonDocument.Parse(result.Json).RootElement;
    }

    /// <summary>Runs an operation that must succeed; its data.</summary>
    public async Task<JsonElement> DataAsync(string query, object? variables = null)
    {
        var result = await AskAsync(query, variables);
        Assert.False(result.TryGetProperty("errors", out var errors), errors.ToString());
        return result.GetProperty("data");
    }

    /// <summary>Runs an operation that must fail; its one error.</summary>
    public async Task<JsonElement> ErrorAsync(string query, object? variables = null)
    {
        var result = await AskAsync(query, variables);
        return Assert.Single(result.GetProperty("errors").EnumerateArray());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Root : Schema
    {
        public Root(IServiceProvider services)
            : base(services)
        {
            this.UseConventions();
            Query = services.GetRequiredService<QueryType>();
            Mutation = services.GetRequiredService<MutationType>();
        }
    }
}

internal sealed record Item(long Id, string Name);

internal sealed record AddItemInput(string ShelfId, string Name, DateTime? BoughtAt, string? Note = null);

internal sealed record NameTakenError(string Message, string Name) : IUserError;

internal sealed record ShelfFullError(string Message) : IUserError;

internal sealed class ItemType : ObjectGraphType<Item>
{
    public ItemType()
    {
        Name = "Item";
        Description = "Something on a shelf.";
        this.IsNode(item => item.Id);
        Field(item => item.Name).Description("What it is called.");
        Field<StringGraphType>("label").Description("Older name of it.").DeprecationReason("Use `name`.").Resolve(c => c.Source.Name);
    }
}

/// <summary>Counts the batches in which items were asked for.</summary>
internal sealed class ItemLoads
{
    public List<long[]> Batches { get; } = [];
}

internal sealed class ItemLoader(ItemLoads loads) : BatchLoader<long, Item>
{
    protected override Task<IReadOnlyDictionary<long, Item>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        loads.Batches.Add([.. keys]);
        return Task.FromResult<IReadOnlyDictionary<long, Item>>(keys.Where(key => key < 100).ToDictionary(key => key, key => new Item(key, $"item {key}")));
    }
}

internal sealed class ItemSource : INodeSource
{
    public string TypeName => "Item";

    public IDataLoaderResult<object?> Load(IResolveFieldContext context, long key) =>
        context.Loader<ItemLoader>().LoadAsync(key).Then(item => (object?)item);
}

internal sealed class ShopQueries : IFieldsOf<QueryType>
{
    public void AddTo(QueryType type)
    {
        type.Field<NonNullGraphType<StringGraphType>>("broken").Description("Fails.")
            .Resolve(_ => throw new InvalidOperationException("the secret"));
        type.Field<NonNullGraphType<StringGraphType>>("missing").Description("Null where none may be.").Resolve(_ => null);
        type.Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("gaps").Description("Null in a list.")
            .Resolve(_ => new string?[] { null });
        type.Field<DateTimeScalar>("when").Description("The time given.")
            .Argument<DateTimeScalar>("at", "A time.")
            .Resolve(context => context.GetArgument<DateTime?>("at"));
        type.Field<StringGraphType>("shelf").Description("The shelf's key.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The shelf.")
            .Resolve(context => $"{context.GetNodeId("id", "Shelf")}");
        type.Field<AnyScalar>("any").Description("What was given.")
            .Argument<AnyScalar>("value", "Anything.")
            .Resolve(context => context.GetArgument<object?>("value"));
    }
}

internal sealed class AddItemInputType : InputType<AddItemInput>
{
    public AddItemInputType()
        : base("What is bought.")
    {
        Id("shelfId", "Where it goes.");
        Field(input => input.Name).Description("What it is called.");
        Field(input => input.BoughtAt, nullable: true).Description("When it was bought.");
        Field(input => input.Note, nullable: true).Description("A note.");
    }
}

internal sealed class NameTakenErrorType : UserErrorType<NameTakenError>
{
    public NameTakenErrorType()
        : base("Another item has the name.") => Field(error => error.Name).Description("The name.");
}

internal sealed class ShelfFullErrorType() : UserErrorType<ShelfFullError>("The shelf holds no more.");

internal sealed class ShopMutations : IFieldsOf<MutationType>
{
    public void AddTo(MutationType type) => type.Mutation<AddItemInput, Item>("addItem", "Puts an item on a shelf.")
        .Input<AddItemInputType>()
        .Result<ItemType>("item", "The item; null when there are errors.")
        .Result<StringGraphType>("note", "The note kept with it.", item => $"{item.Name}!")
        .Error<NameTakenErrorType>()
        .Error<ShelfFullErrorType>()
        .Resolve((_, input) =>
        {
            var shelf = GlobalIdArguments.Parse(input.ShelfId, "Shelf");
            return Task.FromResult(input.Name == "taken"
                ? Payload.Failed<Item>(new NameTakenError("The name is taken.", input.Name), new ShelfFullError("The shelf is full."))
                : Payload.Done(new Item(shelf, $"{input.Name} {input.BoughtAt:O} {input.Note ?? "none"}")));
        });
}
