namespace NewsGraph.Transports.Connections;

/// <summary>One connection's place among those of its address.</summary>
/// <param name="giveBack">Gives it back; null when nothing is counted.</param>
/// <param name="isExcess">Whether it is past the limit, only there to be told so.</param>
internal sealed class AddressPlace(Action? giveBack, bool isExcess) : IDisposable
{
    private Action? _giveBack = giveBack;

    public bool IsExcess { get; } = isExcess;

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
