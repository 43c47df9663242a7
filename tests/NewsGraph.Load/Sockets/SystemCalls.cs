using System.Runtime.InteropServices;

namespace NewsGraph.Load.Sockets;

/// <summary>
/// Linux's own calls for many sockets on one thread. The runtime's asynchronous sockets cost several times as much per
/// message, which would be taken from the server that shares the machine.
/// </summary>
internal static partial class SystemCalls
{
    public const int Add = 1;
    public const int Delete = 2;
    public const uint Readable = 0x001;
    public const int DoNotWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int Again = 11;
    public const int Interrupted = 4;

    // The kernel's epoll_event is packed on x86-64 alone.
    public static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    public static readonly int EventDataOffset = EventSize - sizeof(long);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int CreatePoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ControlPoll(int poll, int operation, int socket, Span<byte> change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int WaitForPoll(int poll, Span<byte> events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Receive(int socket, Span<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Send(int socket, ReadOnlySpan<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int descriptor);
}
