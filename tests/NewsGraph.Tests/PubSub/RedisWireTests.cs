using System.Text;
using NewsGraph.PubSub.Redis;

namespace NewsGraph.Tests.PubSub;

public sealed class RedisWireTests
{
    [Fact]
    public void The_channel_is_the_upper_case_hash_of_the_topic() =>
        Assert.Equal("4E35784BC6F8CE35382E0F5F2342B5CC", new RedisChannels(null).Name("OnArticlePublished"));

    [Fact]
    public void A_prefix_stands_before_the_channel_and_is_hashed_with_the_topic()
    {
        var name = new RedisChannels("news").Name("OnArticlePublished");

        Assert.Equal("news" + new RedisChannels(null).Name("news:OnArticlePublished"), name);
    }

    [Fact]
    public void A_json_object_is_the_body_as_it_is() =>
        Assert.Equal("""{"body":{"id":1},"kind":0}""", Encoding.UTF8.GetString(TopicMessage.Write("""{"id":1}"""u8)));

    [Fact]
    public void Other_bytes_are_a_marked_base64_body() =>
        Assert.Equal("""{"body":"AAE=","kind":0,"base64":true}""", Encoding.UTF8.GetString(TopicMessage.Write([0, 1])));

    [Theory]
    [InlineData("""{"body":{"id":1},"kind":0}""", """{"id":1}""")]
    [InlineData("""{ "KIND": 0, "Body": {"id":1} }""", """{"id":1}""")]
    [InlineData("""{"body":[1]}""", "[1]")]
    [InlineData("""{"body":"text"}""", "\"text\"")]
    [InlineData("""{"other":{"body":2},"body":{"id":1}}""", """{"id":1}""")]
    public void Messages_of_other_publishers_are_read(string payload, string body)
    {
        var kind = TopicMessage.Read(Encoding.UTF8.GetBytes(payload), out var message);

        Assert.Equal(TopicMessageKind.Message, kind);
        Assert.Equal(body, Encoding.UTF8.GetString(message.Span));
    }

    [Theory]
    [InlineData("", nameof(TopicMessageKind.Empty))]
    [InlineData("""{"kind":1}""", nameof(TopicMessageKind.Completed))]
    [InlineData("""{"body":null,"kind":0}""", nameof(TopicMessageKind.Unreadable))]
    [InlineData("""{"kind":0}""", nameof(TopicMessageKind.Unreadable))]
    [InlineData("""{"body":{},"kind":7}""", nameof(TopicMessageKind.Unreadable))]
    [InlineData("""{"body":{},"kind":"0"}""", nameof(TopicMessageKind.Unreadable))]
    [InlineData("""{"body":{},"kind":99999999999}""", nameof(TopicMessageKind.Unreadable))]
    [InlineData("""{"body":"!","kind":0,"base64":true}""", nameof(TopicMessageKind.Unreadable))]
    [InlineData("""{"body":{}""", nameof(TopicMessageKind.Unreadable))]
    [InlineData("""{"body":{}} {}""", nameof(TopicMessageKind.Unreadable))]
    [InlineData("[]", nameof(TopicMessageKind.Unreadable))]
    [InlineData("{completed}", nameof(TopicMessageKind.Unreadable))]
    public void What_is_no_message_is_told_apart(string payload, string kind) =>
        Assert.Equal(kind, TopicMessage.Read(Encoding.UTF8.GetBytes(payload), out _).ToString());
}
