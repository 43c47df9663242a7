using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Testing.SampleSchema;

/// <summary>The query root of the sample schema.</summary>
public sealed class SampleQuery : ObjectGraphType
{
    public SampleQuery()
    {
        Name = "Query";
        Field<NonNullGraphType<StringGraphType>>("hello")
            .Argument<StringGraphType>("name")
            .Resolve(context => $"Hello {context.GetArgument<string?>("name") ?? "world"}");
        Field<NonNullGraphType<IntGraphType>>("square")
            .Argument<NonNullGraphType<IntGraphType>>("of")
            .Resolve(context => context.GetArgument<int>("of") * context.GetArgument<int>("of"));
        Field<StringGraphType>("nothing").Resolve(_ => null);
        Field<StringGraphType>("fails").Resolve(_ => throw new InvalidOperationException("The secret of the server."));
        Field<NonNullGraphType<StringGraphType>>("failsNonNull").Resolve(_ => throw new InvalidOperationException("Secret."));
        Field<StringGraphType>("forever").ResolveAsync(async context =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            return null;
        });
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<SampleItem>>>>("items")
            .Argument<IntGraphType>("first")
            .Resolve(context => Enumerable.Range(1, context.GetArgument<int?>("first") ?? 3).ToArray())
            .FieldType.WithMetadata(CostMetadata.ListSize, new ListSize(50, ["first"], 3, RequireOneSlicingArgument: false));
    }
}

/// <summary>An item that contains items, for documents of any depth.</summary>
public sealed class SampleItem : ObjectGraphType<int>
{
    public SampleItem()
    {
        Name = "Item";
        Field<NonNullGraphType<IntGraphType>>("number").Resolve(context => context.Source);
        Field<NonNullGraphType<SampleItem>>("self").Resolve(context => context.Source);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<SampleItem>>>>("items")
            .Argument<IntGraphType>("first")
            .Resolve(context => Enumerable.Range(1, context.GetArgument<int?>("first") ?? 3).ToArray())
            .FieldType.WithMetadata(CostMetadata.ListSize, new ListSize(50, ["first"], 3, RequireOneSlicingArgument: false));
    }
}

/// <summary>The mutation root of the sample schema.</summary>
public sealed class SampleMutation : ObjectGraphType
{
    public SampleMutation(SampleEvents events)
    {
        Name = "Mutation";
        Field<NonNullGraphType<IntGraphType>>("tick")
            .Argument<NonNullGraphType<IntGraphType>>("number")
            .Resolve(context =>
            {
                var number = context.GetArgument<int>("number");
                events.Publish(new Tick(number, "p" + number));
                return number;
            });
    }
}

/// <summary>The subscription root of the sample schema.</summary>
public sealed class SampleSubscription : ObjectGraphType
{
    public SampleSubscription(SampleEvents events, SampleSource source)
    {
        Name = "Subscription";
        Field<NonNullGraphType<IntGraphType>>("ticks")
            .Resolve(context => ((Tick)context.Source!).Number)
            .FieldType.StreamFrom(_ => events.ReadAsync());
        Field<NonNullGraphType<IntGraphType>>("countTo")
            .Argument<NonNullGraphType<IntGraphType>>("limit")
            .FieldType.StreamFrom(context => Count(context.GetArgument<int>("limit")));
        Field<NonNullGraphType<SampleNumber>>("numbers")
            .Argument<StringGraphType>("line")
            .Argument<IntGraphType>("after")
            .Argument<IntGraphType>("multiplesOf")
            .FieldType.ShareStream(context => ValueTask.FromResult(source.Open(context)));
        Field<StringGraphType>("resumedAfter")
            .FieldType.StreamFrom(context => Once(context.GetOperationRequest()?.ResumeAfter));
        Field<IntGraphType>("refused")
            .FieldType.StreamFrom<int>(IAsyncEnumerable<int> (_) => throw new ExecutionError("Not today."));
    }

    private static async IAsyncEnumerable<int> Count(int limit)
    {
        for (var number = 1; number <= limit; number++)
        {
            await Task.Yield();
            yield return number;
        }
    }

    private static async IAsyncEnumerable<string?> Once(string? value)
    {
        await Task.Yield();
        yield return value ?? "start";
    }
}

/// <summary>A number told by the subscription <c>numbers</c>.</summary>
public sealed class SampleNumber : ObjectGraphType<Told>
{
    public SampleNumber()
    {
        Name = "Number";
        Field<NonNullGraphType<IntGraphType>>("number").Resolve(context => context.Source.Number);
        Field<NonNullGraphType<IntGraphType>>("times")
            .Argument<NonNullGraphType<IntGraphType>>("by")
            .Resolve(context => context.Source.Number * context.GetArgument<int>("by"));
        Field<StringGraphType>("reader").Resolve(context => context.User?.Identity?.Name);
        Field<StringGraphType>("text").Resolve(context => context.Source.Text);
        Field<StringGraphType>("late").ResolveAsync(async _ =>
        {
            // Lets whatever else is under way go on while this event is executed.
            for (var turn = 0; turn < 20; turn++)
            {
                await Task.Yield();
            }

            return null;
        });
    }
}
