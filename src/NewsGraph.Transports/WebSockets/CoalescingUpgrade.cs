using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// Puts a <see cref="CoalescingStream"/> under the WebSocket that ASP.NET Core's handshake makes of a request: an
/// HTTP/1.1 upgrade or an HTTP/2 extended CONNECT.
/// </summary>
internal sealed class CoalescingUpgrade : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;

    private CoalescingUpgrade(IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect)
    {
        _upgrade = upgrade;
        _connect = connect;
    }

    /// <summary>The stream, once the handshake is done; null on servers that make WebSockets themselves.</summary>
    public CoalescingStream? Stream { get; private set; }

    bool IHttpUpgradeFeature.IsUpgradableRequest => _upgrade!.IsUpgradableRequest;

    bool IHttpExtendedConnectFeature.IsExtendedConnect => _connect!.IsExtendedConnect;

    string? IHttpExtendedConnectFeature.Protocol => _connect!.Protocol;

    public static void Install(HttpContext context)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        var connect = context.Features.Get<IHttpExtendedConnectFeature>();
        if (upgrade is null && connect is null)
        {
            return;
        }

        var coalescing = new CoalescingUpgrade(upgrade, connect);
        context.Features.Set(coalescing);
        if (upgrade is not null)
        {
            context.Features.Set<IHttpUpgradeFeature>(coalescing);
        }

        if (connect is not null)
        {
            context.Features.Set<IHttpExtendedConnectFeature>(coalescing);
        }

        // An application may have put the WebSocket middleware in front already; its handshake would bypass this one.
        context.Features.Set<IHttpWebSocketFeature>(null);
    }

    async Task<Stream> IHttpUpgradeFeature.UpgradeAsync() =>
        Stream = new CoalescingStream(await _upgrade!.UpgradeAsync());

    async ValueTask<Stream> IHttpExtendedConnectFeature.AcceptAsync() =>
        Stream = new CoalescingStream(await _connect!.AcceptAsync());
}
