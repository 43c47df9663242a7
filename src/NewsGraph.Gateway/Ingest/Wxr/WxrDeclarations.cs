using System.Globalization;

namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>Reads what an export declares before its items: users and terms.</summary>
internal static class WxrDeclarations
{
    public static WxrAuthor Author(WxrXml xml)
    {
        var author = new WxrAuthor();
        var depth = xml.Enter();
        while (xml.NextChild(depth))
        {
            var text = TextWithName(xml);
            switch (text.Name)
            {
                case "author_id": author.Id = long.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0; break;
                case "author_login": author.Login = text.Value; break;
                case "author_email": author.Email = text.Value; break;
                case "author_display_name": author.DisplayName = text.Value; break;
                case "author_first_name": author.FirstName = text.Value; break;
                case "author_last_name": author.LastName = text.Value; break;
                case "author_description": author.Description = text.Value; break;
            }
        }

        return author;
    }

    public static WxrTerm Category(WxrXml xml) =>
        ReadTerm(xml, new WxrTerm { Element = "category", Taxonomy = "category" });

    public static WxrTerm Tag(WxrXml xml) =>
        ReadTerm(xml, new WxrTerm { Element = "tag", Taxonomy = "post_tag" });

    public static WxrTerm Term(WxrXml xml) =>
        ReadTerm(xml, new WxrTerm { Element = "term" });

    private static WxrTerm ReadTerm(WxrXml xml, WxrTerm term)
    {
        var depth = xml.Enter();
        while (xml.NextChild(depth))
        {
            var text = TextWithName(xml);
            switch (text.Name)
            {
                case "category_nicename" or "tag_slug" or "term_slug": term.Slug = text.Value; break;
                case "cat_name" or "tag_name" or "term_name": term.Name = text.Value; break;
                case "category_parent" or "term_parent": term.Parent = text.Value; break;
                case "category_description" or "tag_description" or "term_description": term.Description = text.Value; break;
                case "term_taxonomy": term.Taxonomy = text.Value; break;
            }
        }

        return term;
    }

    private static (string Name, string Value) TextWithName(WxrXml xml)
    {
        var name = xml.Vocabulary == Vocabulary.WordPress ? xml.LocalName : "";
        return (name, xml.TrimmedText());
    }
}
