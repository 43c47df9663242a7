using System.ComponentModel;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Names;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Gateway.Feeds;

/// <summary>Why a feed cannot go on after a position.</summary>
public enum FeedResetReason
{
    [Description("The events after the position are not kept any more.")]
    TooOld,

    [Description("The position is of another database: this one was restored or replaced.")]
    OtherEpoch,

    [Description("The position lies ahead of the feed.")]
    Ahead,
}

/// <summary>That a client must read the data again and go on from here.</summary>
/// <param name="Position">Where to go on.</param>
/// <param name="Reason">Why.</param>
public sealed record FeedReset(string Position, FeedResetReason Reason);

/// <summary><c>FeedResetReason</c>.</summary>
internal sealed class FeedResetReasonType : EnumType<FeedResetReason>
{
    public FeedResetReasonType() => Description = "Why a feed cannot go on after a position.";

    /// <summary>A reason as clients read it.</summary>
    public static string NameOf(FeedResetReason reason) => ConventionNames.EnumValue(reason.ToString());
}

/// <summary><c>FeedReset</c>. Each feature with a feed adds its interface.</summary>
internal sealed class FeedResetType : ObjectGraphType<FeedReset>
{
    public FeedResetType(IEnumerable<IFieldsOf<FeedResetType>> others)
    {
        Name = "FeedReset";
        Description = "The feed cannot go on after the position it was given. Read the data again; events follow after `position`.";
        Field<NonNullGraphType<StringGraphType>>("position").Description("Where the events that follow begin.").From(c => c.Position);
        Field<NonNullGraphType<FeedResetReasonType>>("reason").Description("Why it cannot.").From(c => c.Reason);
        foreach (var other in others)
        {
            other.AddTo(this);
        }
    }
}
