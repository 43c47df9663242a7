using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace NewsGraph.Transports.Connections;

/// <summary>
/// Counts what each address holds open and how often it begins. A client without an address (a local socket) is not
/// limited. Safe for concurrent use.
/// </summary>
internal sealed partial class AddressLimits(IOptions<ConnectionLimitsOptions> options, TimeProvider clock, ILogger<AddressLimits> logger)
{
    // Addresses without a connection are forgotten now and then, and not each at its time.
    private const int FirstSweep = 1024;

    // At least so many past the limit are told that they are.
    private const int LeastExcess = 16;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<AddressKey, Usage> _usages = [];
    private readonly ConnectionLimitsOptions _options = options.Value;
    private int _sweepAt = FirstSweep;

    /// <summary>How many addresses are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _usages.Count;
            }
        }
    }

    /// <summary>Takes a place for one connection; disposing gives it back.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="toSendAway">
    /// Whether a client past the limit may be let in to be told so, in words that it understands. Their number is small too.
    /// </param>
    /// <returns>Null when the address has as many as it may.</returns>
    public AddressPlace? TryOpen(IPAddress? address, bool toSendAway = false)
    {
        if (address is null)
        {
            return new AddressPlace(null, isExcess: false);
        }

        var warn = false;
        AddressPlace? place = null;
        lock (_gate)
        {
            var usage = Find(AddressKey.Of(address));
            var isExcess = usage.Connections >= _options.MaxPerAddress;
            if (!isExcess || (toSendAway && usage.Connections < _options.MaxPerAddress + Math.Max(LeastExcess, _options.MaxPerAddress / 10)))
            {
                usage.Connections++;
                place = new AddressPlace(() => Close(usage), isExcess);
            }

            if (isExcess)
            {
                (warn, usage.Warned) = (!usage.Warned, true);
            }
        }

        if (warn)
        {
            LogFull(logger, address, _options.MaxPerAddress);
        }

        return place;
    }

    /// <summary>Asks whether a client may initialize now.</summary>
    /// <returns>How long it has to wait before that; zero when it may.</returns>
    public TimeSpan WaitToInitialize(IPAddress? address)
    {
        if (address is null)
        {
            return TimeSpan.Zero;
        }

        lock (_gate)
        {
            var usage = Find(AddressKey.Of(address));
            Refill(usage);
            if (usage.Inits >= 1)
            {
                usage.Inits--;
                return TimeSpan.Zero;
            }

            return (1 - usage.Inits) * (Period / _options.MaxInitsPerMinute);
        }
    }

    private Usage Find(AddressKey key)
    {
        if (_usages.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_usages.Count >= _sweepAt)
        {
            Sweep();
        }

        var usage = new Usage { Inits = _options.MaxInitsPerMinute, RefilledAt = clock.GetTimestamp() };
        _usages.Add(key, usage);
        return usage;
    }

    private void Refill(Usage usage)
    {
        var now = clock.GetTimestamp();
        var share = clock.GetElapsedTime(usage.RefilledAt, now) / Period;
        usage.Inits = Math.Min(_options.MaxInitsPerMinute, usage.Inits + (share * _options.MaxInitsPerMinute));
        usage.RefilledAt = now;
    }

    private void Sweep()
    {
        foreach (var (key, usage) in _usages)
        {
            if (usage.Connections == 0 && clock.GetElapsedTime(usage.RefilledAt) >= Period)
            {
                _usages.Remove(key);
            }
        }

        _sweepAt = Math.Max(FirstSweep, 2 * _usages.Count);
    }

    private void Close(Usage usage)
    {
        lock (_gate)
        {
            usage.Connections--;
        }
    }

    [LoggerMessage(
        140,
        LogLevel.Warning,
        "{Address} holds {Count} connections, the most GraphQL:Connections:MaxPerAddress allows; more are refused. If it is a proxy, name it in Proxies:Trusted.")]
    private static partial void LogFull(ILogger logger, IPAddress address, int count);

    private sealed class Usage
    {
        public int Connections { get; set; }

        /// <summary>How many initializations are left now.</summary>
        public double Inits { get; set; }

        public long RefilledAt { get; set; }

        public bool Warned { get; set; }
    }
}
