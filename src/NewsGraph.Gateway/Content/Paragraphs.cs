using AngleSharp.Dom;

namespace NewsGraph.Gateway.Content;

/// <summary>
/// WordPress's reading of line breaks: a blank line parts paragraphs, a single break is a line break. It works on the
/// parsed tree, so it never breaks a tag.
/// </summary>
internal static class Paragraphs
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    };

    // Text in them always becomes paragraphs.
    private static readonly HashSet<string> Flows = new(StringComparer.OrdinalIgnoreCase)
    {
        "article", "aside", "blockquote", "body", "div", "footer", "header", "main", "section",
    };

    // Text in them becomes paragraphs only when there is more than one.
    private static readonly HashSet<string> Cells = new(StringComparer.OrdinalIgnoreCase) { "dd", "li", "td", "th" };

    public static void Apply(IElement body) => Divide(body);

    internal static bool IsBlock(INode node) => node is IElement element && Blocks.Contains(element.LocalName);

    private static void Divide(IElement container)
    {
        var runs = new List<List<INode>> { new() };
        foreach (var node in container.ChildNodes.ToArray())
        {
            if (IsBlock(node))
            {
                runs.Add([]);
                Descend((IElement)node);
            }
            else if (node is IText text)
            {
                Split(text, runs);
            }
            else
            {
                runs[^1].Add(node);
            }
        }

        var filled = runs.Where(run => run.Any(HasContent)).ToList();
        var wrap = Flows.Contains(container.LocalName) || filled.Count > 1;
        foreach (var run in filled)
        {
            Trim(run);
            if (wrap)
            {
                Wrap(run);
            }

            run.ForEach(BreakLines);
        }
    }

    private static void Descend(IElement block)
    {
        if (Flows.Contains(block.LocalName) || Cells.Contains(block.LocalName))
        {
            Divide(block);
        }
        else if (block.LocalName == "p")
        {
            var children = block.ChildNodes.ToList();
            Trim(children);
            children.ForEach(BreakLines);
        }
        else if (block.LocalName is not "pre")
        {
            foreach (var child in block.Children.Where(IsBlock).ToArray())
            {
                Descend(child);
            }
        }
    }

    private static void Split(IText text, List<List<INode>> runs)
    {
        var pieces = BlankLine(text.Data);
        if (pieces.Count == 1)
        {
            runs[^1].Add(text);
            return;
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            if (i > 0)
            {
                runs.Add([]);
            }

            var piece = text.Owner!.CreateTextNode(pieces[i]);
            text.Parent!.InsertBefore(piece, text);
            runs[^1].Add(piece);
        }

        text.Remove();
    }

    private static List<string> BlankLine(string data)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var i = data.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = i < data.Length ? data.IndexOf('\n', i) : -1)
        {
            var end = i + 1;
            var breaks = 1;
            while (end < data.Length && data[end] is ' ' or '\t' or '\r' or '\n')
            {
                breaks += data[end] == '\n' ? 1 : 0;
                end++;
                if (end == data.Length)
                {
                    break;
                }
            }

            if (breaks > 1)
            {
                pieces.Add(data[start..i]);
                start = end;
            }

            i = end;
        }

        pieces.Add(data[start..]);
        return pieces;
    }

    private static bool HasContent(INode node) => node switch
    {
        IText text => !string.IsNullOrWhiteSpace(text.Data),
        IElement element => element.LocalName != "br",
        _ => false,
    };

    private static void Trim(List<INode> run)
    {
        while (run.Count > 0 && !HasContent(run[0]))
        {
            (run[0] as IChildNode)?.Remove();
            run.RemoveAt(0);
        }

        while (run.Count > 0 && !HasContent(run[^1]))
        {
            (run[^1] as IChildNode)?.Remove();
            run.RemoveAt(run.Count - 1);
        }

        if (run.Count > 0 && run[0] is IText first)
        {
            first.Data = first.Data.TrimStart();
        }

        if (run.Count > 0 && run[^1] is IText last)
        {
            last.Data = last.Data.TrimEnd();
        }
    }

    private static void BreakLines(INode node)
    {
        if (node is IText text)
        {
            BreakLines(text);
        }
        else if (node is IElement { LocalName: not ("pre" or "code" or "textarea") } element)
        {
            foreach (var child in element.ChildNodes.ToArray())
            {
                BreakLines(child);
            }
        }
    }

    private static void BreakLines(IText text)
    {
        var lines = text.Data.Split('\n');
        if (lines.Length == 1)
        {
            return;
        }

        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0 && !AfterBreak(text) && !BeforeBreak(text, lines, i))
            {
                text.Parent!.InsertBefore(text.Owner!.CreateElement("br"), text);
            }

            var line = i == 0 ? lines[i].TrimEnd('\r', ' ') : lines[i].Trim('\r', ' ');
            if (i == lines.Length - 1 && lines[i].EndsWith(' '))
            {
                line += " ";
            }

            if (line.Length > 0)
            {
                text.Parent!.InsertBefore(text.Owner!.CreateTextNode((i > 0 ? "\n" : "") + line), text);
            }
        }

        text.Remove();
    }

    // The author's own break counts; a second one would be an empty line nobody wrote.
    private static bool AfterBreak(IText text) => text.PreviousSibling is IElement { LocalName: "br" };

    private static bool BeforeBreak(IText text, string[] lines, int from) =>
        text.NextSibling is IElement { LocalName: "br" } && lines[from..].All(string.IsNullOrWhiteSpace);

    private static void Wrap(List<INode> run)
    {
        var paragraph = run[0].Owner!.CreateElement("p");
        run[0].Parent!.InsertBefore(paragraph, run[0]);
        foreach (var node in run)
        {
            paragraph.AppendChild(node);
        }
    }
}
