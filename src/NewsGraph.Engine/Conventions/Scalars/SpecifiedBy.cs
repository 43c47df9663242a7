using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary><c>@specifiedBy</c>, in the SDL and in introspection.</summary>
public static class SpecifiedByExtensions
{
    internal const string Directive = "specifiedBy";
    internal const string Url = "url";

    /// <summary>Says which document specifies a scalar.</summary>
    /// <param name="type">The scalar.</param>
    /// <param name="url">The document's address.</param>
    public static void SpecifiedBy(this ScalarGraphType type, string url) => type.ApplyDirective(Directive, Url, url);

    /// <summary>Adds the directive and the introspection field <c>specifiedByURL</c> to a schema.</summary>
    /// <param name="schema">The schema, before it is initialized.</param>
    public static void AddSpecifiedBy(this Schema schema)
    {
        schema.Directives.Register(new SpecifiedByDirective());
        schema.RegisterVisitor(new IntrospectionField());
    }

    private sealed class SpecifiedByDirective : Directive
    {
        public SpecifiedByDirective()
            : base(SpecifiedByExtensions.Directive, DirectiveLocation.Scalar)
        {
            Description = "Names the document that specifies a scalar.";
            Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>> { Name = Url, Description = "The document's address." });
        }
    }

    /// <summary>GraphQL.NET's <c>__Type</c> lacks the field.</summary>
    private sealed class IntrospectionField : BaseSchemaNodeVisitor
    {
        public override void VisitObject(IObjectGraphType type, ISchema schema)
        {
            if (type.Name != "__Type" || type.Fields.Find("specifiedByURL") is not null)
            {
                return;
            }

            type.AddField(new FieldType
            {
                Name = "specifiedByURL",
                Description = "The document that specifies a scalar, or null.",
                ResolvedType = new StringGraphType(),
                Resolver = new GraphQL.Resolvers.FuncFieldResolver<string?>(context =>
                    (context.Source as ScalarGraphType)?.FindAppliedDirective(SpecifiedByExtensions.Directive)?.FindArgument(Url)?.Value as string),
            });
        }
    }
}
