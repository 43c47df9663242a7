using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>Refuses a connection string that could never work, when the host starts. The string may hold a password, so it is not repeated.</summary>
internal sealed class RedisTopicBusOptionsValidator : IValidateOptions<RedisTopicBusOptions>
{
    private const string Hint = "Write it as host:port, followed by options: redis:6379,password=…; Sentinels with serviceName=…";

    public ValidateOptionsResult Validate(string? name, RedisTopicBusOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Configuration))
        {
            return ValidateOptionsResult.Fail($"The Redis connection string is empty. {Hint}");
        }

        try
        {
            return ConfigurationOptions.Parse(options.Configuration).EndPoints.Count > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"The Redis connection string names no server. {Hint}");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return ValidateOptionsResult.Fail($"The Redis connection string cannot be read. {Hint}");
        }
    }
}
