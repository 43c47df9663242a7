using GraphQL;
using GraphQL.Introspection;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Scalars;

namespace NewsGraph.Engine.Conventions.Types;

/// <summary>Makes a schema follow the wire conventions.</summary>
public static class SchemaConventions
{
    /// <summary>
    /// Maps CLR types to the conventions' scalars, adds <c>@specifiedBy</c>, and lets introspection tell all the
    /// current specification asks for and nothing that it dropped.
    /// </summary>
    /// <param name="schema">The schema, before it is initialized.</param>
    public static void UseConventions(this Schema schema)
    {
        schema.Features.RepeatableDirectives = true;
        schema.Features.DeprecationOfInputValues = true;
        schema.Filter = new Introspected();
        schema.AddSpecifiedBy();
        schema.AddDirectiveIntrospection();
        schema.RegisterTypeMapping<DateTime, DateTimeScalar>();
        schema.RegisterTypeMapping<DateTimeOffset, DateTimeScalar>();
        schema.RegisterTypeMapping<DateOnly, LocalDateScalar>();
        schema.RegisterTypeMapping<TimeSpan, DurationScalar>();
        schema.RegisterTypeMapping<Guid, UuidScalar>();
        schema.RegisterTypeMapping<Uri, UriScalar>();
        schema.RegisterTypeMapping<long, LongScalar>();
    }

    private sealed class Introspected : DefaultSchemaFilter
    {
        // GraphQL.NET hides directives of type systems unless told otherwise; clients build schemas from introspection.
        public override Task<bool> AllowDirective(Directive directive) => Allowed;

        // It hides isRepeatable as an experiment, and shows what the specification dropped.
        public override Task<bool> AllowField(IGraphType parent, IFieldType field) => (parent.Name, field.Name) switch
        {
            ("__Directive", "isRepeatable") => Allowed,
            ("__Directive", "onOperation" or "onFragment" or "onField") => Forbidden,
            _ => base.AllowField(parent, field),
        };
    }
}
