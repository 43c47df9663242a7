namespace NewsGraph.Gateway.Hosting;

/// <summary>
/// Tells when a surge is over: the process allocated much between two looks, and then little twice. A trickle is
/// no surge, so that a site with few readers is not stopped again and again.
/// </summary>
/// <param name="pause">The time between two looks.</param>
/// <param name="allocated">The bytes allocated until now.</param>
internal sealed class SurgeWatch(TimeSpan pause, long allocated)
{
    private const long Surge = 4 * 1024 * 1024;
    private const long Quiet = 1024 * 1024;
    private const int QuietLooks = 2;

    private long _allocated = allocated;
    private bool _surged;
    private int _quiet;

    /// <summary>Looks. True once for every surge, when it is over.</summary>
    /// <param name="now">The bytes allocated until now.</param>
    public bool IsOver(long now)
    {
        var each = (now - _allocated) / pause.TotalSeconds;
        _allocated = now;
        _surged |= each >= Surge;
        _quiet = each < Quiet ? _quiet + 1 : 0;
        if (!_surged || _quiet < QuietLooks)
        {
            return false;
        }

        _surged = false;
        return true;
    }
}
