using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Automation.DurableTask.Replay;

/// <summary>UUID version 5 in the Durable Task namespace, the same as the official SDK makes.</summary>
internal static class DeterministicGuid
{
    static readonly Guid space = new("9e952958-5e33-4daf-827f-2fa12937b875");

    [SuppressMessage("Security", "CA5350", Justification = "UUID version 5 is defined with SHA-1; nothing is protected by it.")]
    public static Guid Of(string name)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        Span<byte> bytes = length <= 496 ? stackalloc byte[16 + length] : new byte[16 + length];
        space.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(bytes, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
