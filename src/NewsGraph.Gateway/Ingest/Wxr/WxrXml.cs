using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>
/// The XML of a WordPress export, read forward only, with nothing fetched and nothing expanded. It blocks: a file is read
/// from this machine, and to await each of an export's million elements took most of the time of reading them.
/// </summary>
internal sealed partial class WxrXml : IDisposable
{
    // WordPress's own column ends at 4 GB; no article comes near this, and it bounds what one element may take.
    private const int MaxTextLength = 32 * 1024 * 1024;

    private readonly string _file;
    private readonly XmlReader _reader;
    private readonly char[] _buffer = new char[8192];
    private readonly StringBuilder _text = new();
    private string? _uri;
    private Vocabulary _vocabulary;

    public WxrXml(Stream stream, string file)
    {
        _file = file;
        _reader = XmlReader.Create(stream, new XmlReaderSettings
        {
            CloseInput = false,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersFromEntities = 1024,
        });
    }

    public int Line => (_reader as IXmlLineInfo)?.LineNumber ?? 0;

    public string LocalName => _reader.LocalName;

    public string Prefix => _reader.Prefix;

    /// <summary>The vocabulary the current element belongs to, whatever its version and scheme.</summary>
    public Vocabulary Vocabulary
    {
        get
        {
            // The reader has one string for each namespace, and most elements are of the last one's.
            var uri = _reader.NamespaceURI;
            if (!ReferenceEquals(uri, _uri))
            {
                (_uri, _vocabulary) = (uri, VocabularyOf(uri));
            }

            return _vocabulary;
        }
    }

    public string? Attribute(string name) => _reader.GetAttribute(name);

    /// <summary>Whether the current element declares the namespace of WordPress exports.</summary>
    public bool DeclaresWordPress()
    {
        var found = false;
        while (_reader.MoveToNextAttribute())
        {
            found |= VocabularyOf(_reader.Value) == Vocabulary.WordPress;
        }

        _reader.MoveToElement();
        return found;
    }

    /// <summary>Moves to the document's element.</summary>
    public void MoveToRoot()
    {
        while (Read())
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                return;
            }
        }
    }

    /// <summary>Where the current element's children are, for <see cref="NextChild"/>.</summary>
    public int Enter() => _reader.IsEmptyElement ? -1 : _reader.Depth;

    /// <summary>
    /// Moves to the next child of the element entered at <paramref name="depth"/>; false at its end. The child before it
    /// must have been read to its end or skipped.
    /// </summary>
    public bool NextChild(int depth)
    {
        while (depth >= 0 && Read())
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element when _reader.Depth == depth + 1:
                    return true;
                case XmlNodeType.EndElement when _reader.Depth == depth:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Reads to the end of the file, so that trouble after the last record is noticed.</summary>
    public void Finish()
    {
        while (Read())
        {
        }
    }

    /// <summary>The text of the current element, its CDATA sections joined; elements inside it are ignored.</summary>
    public string Text()
    {
        if (_reader.IsEmptyElement)
        {
            return "";
        }

        var depth = _reader.Depth;
        _text.Clear();
        while (Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                && _reader.Depth == depth + 1)
            {
                AppendValue();
            }
        }

        return _text.ToString();
    }

    public string TrimmedText() => (Text()).Trim();

    /// <summary>The element's number; 0 when it is none.</summary>
    public long Number() =>
        long.TryParse(TrimmedText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public void Dispose() => _reader.Dispose();

    private void AppendValue()
    {
        try
        {
            int read;
            while ((read = _reader.ReadValueChunk(_buffer, 0, _buffer.Length)) > 0)
            {
                if (_text.Length + read > MaxTextLength)
                {
                    throw new WxrException(_file, Line, $"an element holds more than {MaxTextLength / 1024 / 1024} million characters");
                }

                _text.Append(_buffer, 0, read);
            }
        }
        catch (XmlException exception)
        {
            throw Explain(exception);
        }
    }

    private bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (XmlException exception)
        {
            throw Explain(exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new WxrException(_file, Line, "the text is not in the encoding the file declares", exception);
        }
    }

    private WxrException Explain(XmlException exception)
    {
        if (_reader.NodeType == XmlNodeType.None && _reader.Depth == 0 && exception.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return new WxrException(_file, Math.Max(1, exception.LineNumber), "not a WordPress export: a document type (as of an HTML page) is not accepted", exception);
        }

        var what = Position().Replace(exception.Message, "").TrimEnd('.', ' ');
        return new WxrException(_file, exception.LineNumber, $"not well-formed XML: {what}", exception);
    }

    private static Vocabulary VocabularyOf(string uri) => uri switch
    {
        "" => Vocabulary.Rss,
        "http://purl.org/dc/elements/1.1/" or "https://purl.org/dc/elements/1.1/" => Vocabulary.DublinCore,
        "http://purl.org/rss/1.0/modules/content/" or "https://purl.org/rss/1.0/modules/content/" => Vocabulary.Content,
        _ when WordPressFamily().Match(uri) is { Success: true } match => match.Groups[1].Success ? Vocabulary.Excerpt : Vocabulary.WordPress,
        _ => Vocabulary.Unknown,
    };

    [GeneratedRegex("^https?://wordpress\\.org/export/[0-9.]+/(excerpt/?)?$")]
    private static partial Regex WordPressFamily();

    [GeneratedRegex(" Line [0-9]+, position [0-9]+\\.$")]
    private static partial Regex Position();
}

/// <summary>The vocabularies an export is written in.</summary>
internal enum Vocabulary
{
    Unknown,
    Rss,
    WordPress,
    Excerpt,
    Content,
    DublinCore,
}
