using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Tests.Paging;

namespace NewsGraph.Tests.Sorting;

public sealed class SortOrderTests
{
    private static readonly SortKey<Book> ById = SortKey.Ascending((Book b) => b.Id);

    [Fact]
    public void The_unique_key_is_appended_in_the_last_keys_direction()
    {
        var order = new SortOrder<Book>([SortKey.Ascending((Book b) => b.Title), SortKey.Descending((Book b) => b.Pages)], ById);

        Assert.Equal([SortDirection.Ascending, SortDirection.Descending, SortDirection.Descending], order.Keys.Select(key => key.Direction));
        Assert.Equal([SortDirection.Descending, SortDirection.Ascending, SortDirection.Ascending], order.Reversed().Keys.Select(key => key.Direction));
    }

    [Fact]
    public void A_member_named_twice_sorts_once_by_its_first_direction()
    {
        var order = new SortOrder<Book>([SortKey.Descending((Book b) => b.Pages), SortKey.Ascending((Book other) => other.Pages)], ById);

        Assert.Equal(2, order.Keys.Count);
        Assert.Equal(SortDirection.Descending, order.Keys[0].Direction);
    }

    [Fact]
    public void Items_in_memory_are_put_in_order_and_have_positions()
    {
        var order = new SortOrder<Book>([SortKey.Descending((Book b) => b.Rating)], ById);
        var books = new[] { Book(1, null), Book(2, 5), Book(3, 7), Book(4, 5) };

        var sorted = order.Apply(books.AsQueryable()).ToList();

        Assert.Equal([3, 4, 2, 1], sorted.Select(book => book.Id));
        Assert.Equal([null, 1L], order.Keys.Select(key => key.Read(sorted[^1])));
    }

    [Fact]
    public void A_type_without_a_common_order_is_refused_when_the_schema_is_built() =>
        Assert.Throws<ArgumentException>(() => SortKey.Ascending((Book b) => b.Subjects));

    private static Book Book(long id, int? rating) => new() { Id = id, Title = "t", Rating = rating };
}
