using System.Text;
using AngleSharp.Dom;

namespace NewsGraph.Gateway.Content;

/// <summary>Reads the words off a parsed tree, as a person would read them aloud.</summary>
internal static class HtmlText
{
    public static string Of(INode root)
    {
        var text = new Writer();
        Write(root, text, preformatted: false);
        return text.ToString();
    }

    private static void Write(INode node, Writer text, bool preformatted)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText words when preformatted:
                    text.Preformatted(words.Data);
                    break;
                case IText words:
                    text.Words(words.Data);
                    break;
                case IElement { LocalName: "br" }:
                    text.Break();
                    break;
                case IElement { LocalName: "td" or "th" } cell:
                    text.Words(" ");
                    Write(cell, text, preformatted);
                    break;
                case IElement element when Paragraphs.IsBlock(element):
                    text.Break();
                    Write(element, text, preformatted || element.LocalName == "pre");
                    text.Break();
                    break;
                case IElement element:
                    Write(element, text, preformatted);
                    break;
            }
        }
    }

    /// <summary>Folds white space while writing, so that no second pass is needed.</summary>
    internal sealed class Writer
    {
        private readonly StringBuilder _text = new();
        private bool _space;
        private bool _break;

        public void Words(ReadOnlySpan<char> data)
        {
            foreach (var c in data)
            {
                if (char.IsWhiteSpace(c))
                {
                    _space = true;
                }
                else
                {
                    Append(c);
                }
            }
        }

        public void Preformatted(string data)
        {
            foreach (var c in data)
            {
                if (c == '\n')
                {
                    Break();
                }
                else if (c is ' ' or '\t' && !_break)
                {
                    _text.Append(c);
                }
                else if (c is not '\r')
                {
                    Append(c);
                }
            }
        }

        public void Break() => _break = true;

        public override string ToString() => _text.ToString().TrimEnd();

        private void Append(char c)
        {
            if (_text.Length > 0)
            {
                if (_break)
                {
                    _text.Append('\n');
                }
                else if (_space)
                {
                    _text.Append(' ');
                }
            }

            _break = _space = false;
            _text.Append(c);
        }
    }
}
