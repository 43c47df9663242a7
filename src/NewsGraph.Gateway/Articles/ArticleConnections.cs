using GraphQL.Types;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

/// <summary><c>ArticlesConnection</c>, wherever articles are listed.</summary>
internal sealed class ArticlesConnectionType()
    : ConnectionType<ArticleType>("Articles", "A page of articles.");

internal static class ArticlePaging
{
    /// <summary>A paged field of articles: filtered, sorted, the newest first.</summary>
    public static PagedFieldBuilder<TSource, Article> PagedArticles<TSource>(this ObjectGraphType<TSource> type, string description) =>
        type.Paged("articles", description)
            .Of<Article, ArticlesConnectionType>(a => a.Id)
            .Where<ArticleFilterInput>()
            .Order<ArticleSortInput>()
            .DefaultOrder(SortKey.Descending((Article a) => a.PublishedAt!.Value));
}

/// <summary><c>Tag.articles</c>.</summary>
internal sealed class TagArticles(NewsReader reader) : IFieldsOf<TagType>
{
    public void AddTo(TagType type) =>
        type.PagedArticles("The articles with this tag, the newest first.").ResolveChildren(
            tag => tag.Id,
            context => reader.ChildRows(
                this,
                SelectedDemand<Article>.Of(context),
                db => db.Set<ArticleTag>().Where(link => link.ListedAt != null).Join(
                    db.Set<Article>().Where(Article.IsPublic),
                    link => link.ArticleId,
                    article => article.Id,
                    (link, article) => new ChildRow<Article> { ParentId = link.TagId, Node = article, NodeId = link.ArticleId, NodeDate = link.ListedAt }),
                LinkWalk.OfParents),
            _ => tag => tag.ArticleCount);
}

/// <summary><c>Author.articles</c>.</summary>
internal sealed class AuthorArticles(NewsReader reader) : IFieldsOf<AuthorType>
{
    public void AddTo(AuthorType type) =>
        type.PagedArticles("The articles by this author, the newest first.").ResolveChildren(
            author => author.Id,
            context => reader.ChildRows(
                this,
                SelectedDemand<Article>.Of(context),
                db => db.Set<ArticleAuthor>().Where(link => link.ListedAt != null).Join(
                    db.Set<Article>().Where(Article.IsPublic),
                    link => link.ArticleId,
                    article => article.Id,
                    (link, article) => new ChildRow<Article> { ParentId = link.AuthorId, Node = article, NodeId = link.ArticleId, NodeDate = link.ListedAt }),
                LinkWalk.OfParents));
}
