using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary><c>@specifiedBy</c>, in the SDL and in introspection.</summary>
public static class SpecifiedByExtensions
{
    private const string Name = "specifiedBy";
    private const string Url = "url";

    /// <summary>Adds the directive, and the introspection field <c>specifiedByURL</c>, for every <see cref="ISpecifiedScalar"/>.</summary>
    /// <param name="schema">The schema, before it is initialized.</param>
    public static void AddSpecifiedBy(this Schema schema)
    {
        schema.Directives.Register(new SpecifiedByDirective());
        schema.RegisterVisitor(new Visitor());
    }

    private sealed class SpecifiedByDirective : Directive
    {
        public SpecifiedByDirective()
            : base(SpecifiedByExtensions.Name, DirectiveLocation.Scalar)
        {
            Description = "Names the document that specifies a scalar.";
            Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>> { Name = Url, Description = "The document's address." });
        }
    }

    private sealed class Visitor : BaseSchemaNodeVisitor
    {
        public override void VisitScalar(ScalarGraphType type, ISchema schema)
        {
            if (type is ISpecifiedScalar specified && type.FindAppliedDirective(Name) is null)
            {
                type.ApplyDirective(Name, Url, specified.SpecifiedByUrl);
            }
        }

        public override void VisitObject(IObjectGraphType type, ISchema schema)
        {
            // GraphQL.NET's own type lacks the field.
            if (type.Name == "__Type" && type.Fields.Find("specifiedByURL") is null)
            {
                type.AddField(new FieldType
                {
                    Name = "specifiedByURL",
                    Description = "The document that specifies a scalar, or null.",
                    ResolvedType = new StringGraphType(),
                    Resolver = new FuncFieldResolver<string?>(context => (context.Source as ISpecifiedScalar)?.SpecifiedByUrl),
                });
            }
        }
    }
}
