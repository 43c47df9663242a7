using System.Net;
using System.Net.Sockets;

namespace NewsGraph.Transports.Connections;

/// <summary>What counts as one address: an IPv4 address, or the /64 of an IPv6 one, all of which one client can use.</summary>
internal readonly record struct AddressKey(ulong Network, bool IsV4)
{
    public static AddressKey Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        plain.TryWriteBytes(bytes, out _);
        return new AddressKey(BitConverter.ToUInt64(bytes), plain.AddressFamily == AddressFamily.InterNetwork);
    }
}
