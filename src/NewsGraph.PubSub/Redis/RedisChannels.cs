using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>
/// Names the Redis channel of a topic the way Hot Chocolate's Redis provider does, so that its services can listen and
/// publish on the same Redis:
/// <list type="bullet">
/// <item>without a prefix: the upper-case hex MD5 of the topic in UTF-8, so <c>OnArticlePublished</c> is
/// <c>4E35784BC6F8CE35382E0F5F2342B5CC</c>;</item>
/// <item>with a prefix: the prefix itself followed by the upper-case hex MD5 of <c>prefix:topic</c>, so channels of one
/// installation can be told apart by eye.</item>
/// </list>
/// </summary>
internal sealed class RedisChannels(string? prefix)
{
    private readonly string _prefix = prefix ?? "";

    public RedisChannel Of(string topic, RedisLink link) =>
        link.IsSharded ? RedisChannel.Sharded(Name(topic)) : RedisChannel.Literal(Name(topic));

    public string Name(string topic)
    {
        var text = _prefix.Length == 0 ? topic : $"{_prefix}:{topic}";
        return _prefix + Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
