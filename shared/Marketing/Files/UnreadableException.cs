namespace Automation.Marketing.Files;

/// <summary>A body that cannot be read, however often one tries; the message says where it breaks.</summary>
public sealed class UnreadableException(string message, Exception? inner = null) : Exception(message, inner);
