using NewsGraph.Engine.Conventions.Filtering;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

/// <summary><c>ArticleFilterInput</c>.</summary>
internal sealed class ArticleFilterInput : FilterInputType<Article>
{
    public ArticleFilterInput()
        : base(nameof(ArticleFilterInput), "Conditions on articles. All fields that are given must match.")
    {
        NodeId("id", a => a.Id, ArticleType.TypeName, "The article's id.");
        Filter("slug", a => a.Slug, "The readable name in addresses.");
        Filter("title", a => a.Title, "The headline.");

        // What a reader may not see must not be guessed by asking, either.
        Filter("standfirst", a => a.IsProtected ? null : a.Standfirst, "The paragraph under the headline.");
        Filter("language", a => a.Language, "The language as a BCP 47 tag.");
        Filter("canonicalUrl", a => a.CanonicalUrl, "The address at the source.");
        Filter("publishedAt", a => a.PublishedAt, "When it was published.");
        Filter("modifiedAt", a => a.ModifiedAt, "When it was last changed.");
        Filter("wordCount", a => a.WordCount, "How many words the text has.");
        Filter("readingMinutes", a => a.ReadingMinutes, "How many minutes reading takes.");
        Filter("commentCount", a => a.CommentCount, "How many comments readers can see.");
        Filter("commentsOpen", a => a.CommentsOpen, "Whether readers may comment.");
        List<Tag, TagFilterInput>("tags", a => a.Tags, "The article's tags.");
        List<Author, AuthorFilterInput>("authors", a => a.Authors, "The article's authors.");
    }
}

/// <summary><c>ArticleSortInput</c>.</summary>
internal sealed class ArticleSortInput : SortInputType<Article>
{
    public ArticleSortInput()
        : base(nameof(ArticleSortInput), "What to sort articles by; give one field per object.")
    {
        // Published articles have a date; saying so keeps the index of use.
        Sort("publishedAt", a => a.PublishedAt!.Value, "When it was published.");
        Sort("modifiedAt", a => a.ModifiedAt, "When it was last changed.");
        Sort("title", a => a.Title, "The headline, by code point.");
        Sort("commentCount", a => a.CommentCount, "How many comments readers can see.");
    }
}
