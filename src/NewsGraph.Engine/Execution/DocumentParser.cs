using GraphQL;
using GraphQL.Execution;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution;

/// <summary>Turns text into a syntax tree, refusing what would cost too much before it costs anything.</summary>
internal static class DocumentParser
{
    /// <summary>The parser counts every node on a path, so its bound is far above that of the braces, which the scan holds.</summary>
    public const int MaxParserDepth = 2000;

    private static readonly ParserOptions Options = new() { Ignore = IgnoreOptions.Comments, MaxDepth = MaxParserDepth };

    public static CachedDocument? TryParse(string text, GraphQLLimitsOptions limits, out ExecutionError? error)
    {
        error = DocumentScan.Check(text, limits);
        if (error is not null)
        {
            return null;
        }

        GraphQLDocument syntax;
        try
        {
            syntax = Parser.Parse(text, Options);
        }
        catch (GraphQLSyntaxErrorException exception)
        {
            error = new SyntaxError(exception);
            return null;
        }
        catch (GraphQLMaxDepthExceededException exception)
        {
            error = new RefusedError(exception.Message, DocumentScan.SyntaxCode);
            return null;
        }

        error = DocumentLimits.Check(syntax, limits);
        return error is null ? new CachedDocument(text, syntax) : null;
    }
}
