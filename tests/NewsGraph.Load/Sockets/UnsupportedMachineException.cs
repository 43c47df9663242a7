namespace NewsGraph.Load.Sockets;

/// <summary>This machine cannot run the load generator.</summary>
internal sealed class UnsupportedMachineException(string message) : Exception(message);
