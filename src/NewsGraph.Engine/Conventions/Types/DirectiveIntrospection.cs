using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;

namespace NewsGraph.Engine.Conventions.Types;

/// <summary>What clients ask about directives and GraphQL.NET does not answer.</summary>
public static class DirectiveIntrospection
{
    private const string IncludeDeprecated = "includeDeprecated";

    /// <summary>
    /// Adds the argument <c>includeDeprecated</c> to <c>__Directive.args</c>. A client that sees deprecation on
    /// <c>__InputValue</c> concludes that the argument exists, and loads no schema at all without it.
    /// </summary>
    /// <param name="schema">The schema, before it is initialized.</param>
    public static void AddDirectiveIntrospection(this Schema schema) => schema.RegisterVisitor(new Visitor());

    private sealed class Visitor : BaseSchemaNodeVisitor
    {
        public override void VisitObject(IObjectGraphType type, ISchema schema)
        {
            if (type.Name == "__Directive" && type.Fields.Find("args") is { } args && args.Arguments?.Find(IncludeDeprecated) is null)
            {
                args.Arguments = new QueryArguments(new QueryArgument(new BooleanGraphType())
                {
                    Name = IncludeDeprecated,
                    Description = "Whether deprecated arguments are listed too.",
                    DefaultValue = false,
                });
                args.Resolver = new FuncFieldResolver<IEnumerable<QueryArgument>>(Arguments);
            }
        }

        private static IEnumerable<QueryArgument> Arguments(IResolveFieldContext context)
        {
            var all = ((Directive)context.Source!).Arguments ?? Enumerable.Empty<QueryArgument>();
            return context.GetArgument(IncludeDeprecated, false) ? all : all.Where(argument => argument.DeprecationReason is null);
        }
    }
}
