using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Marketing.Sending;

/// <summary>A LINE text rendered for one customer, ready to be pushed.</summary>
/// <param name="Id">The send's id.</param>
/// <param name="To">The user id.</param>
/// <param name="Json">The message object.</param>
public sealed record LineMessage(string Id, string To, string Name, string Json)
{
    /// <summary>How long LINE remembers a retry key, with an hour to spare (24 hours, Messaging API, "Retry failed API
    /// requests").</summary>
    public static readonly TimeSpan KeyHolds = TimeSpan.FromHours(23);

    /// <summary>Names our sends among all UUIDs of version 5.</summary>
    private static readonly Guid Ours = new("3f1c7a52-8f0b-5d0e-9a34-5c2f6f5d7e10");

    /// <summary>The retry key: the same send has the same, whoever asks and however often (RFC 9562, version
    /// 5).</summary>
    public Guid Key => KeyOf(Id);

    [SuppressMessage("Security", "CA5350", Justification = "RFC 9562 names SHA-1; it keeps nothing secret.")]
    public static Guid KeyOf(string sendId)
    {
        Span<byte> named = stackalloc byte[16 + Encoding.UTF8.GetByteCount(sendId)], hash = stackalloc byte[20];
        Ours.TryWriteBytes(named, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(sendId, named[16..]);
        SHA1.HashData(named, hash);
        BinaryPrimitives.WriteUInt16BigEndian(
            hash[6..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0fff | 0x5000));
        hash[8] = (byte)(hash[8] & 0x3f | 0x80);
        return new(hash[..16], bigEndian: true);
    }
}

/// <summary>One message to many who get the same (Messaging API, "Send multicast message").</summary>
/// <param name="Id">Names who they are and what they get; its key is the retry key.</param>
/// <param name="To">User ids, 1 to <see cref="Most"/>.</param>
/// <param name="Json">The message object.</param>
public sealed record LineMulticast(string Id, IReadOnlyList<string> To, string Name, string Json)
{
    /// <summary>"Max: 500 user IDs".</summary>
    public const int Most = 500;

    /// <inheritdoc cref="LineMessage.Key"/>
    public Guid Key => LineMessage.KeyOf(Id);
}

/// <summary>How LINE texts leave the house. Within <see cref="LineMessage.KeyHolds"/> handing over the same message
/// again is one message.</summary>
public interface ILineTransport
{
    string Name { get; }

    /// <summary>How long one handover can take at most.</summary>
    TimeSpan Longest { get; }

    Task<DeliveryResult> Push(LineMessage message, CancellationToken cancellation);

    /// <summary>The same to many: one answer for all of them. Busy only where LINE has certainly taken
    /// nothing.</summary>
    Task<DeliveryResult> Multicast(LineMulticast message, CancellationToken cancellation);

    /// <summary>Answers what somebody has just said; costs none of the month's messages. LINE takes a token once, and
    /// for about a minute (Messaging API, "Send reply message"). Asked once: whether it may be asked again knows who
    /// answers.</summary>
    /// <param name="json">The message object.</param>
    Task<DeliveryResult> Reply(string token, string json, CancellationToken cancellation);

    /// <summary>What of the month's messages is used; null: it is not known just now.</summary>
    Task<LineQuota?> Quota(CancellationToken cancellation);

    /// <summary>A token with which LINE's dialog joins the account (ten minutes, once); null: LINE did not
    /// answer.</summary>
    Task<string?> LinkToken(string user, CancellationToken cancellation);
}

/// <summary>The month's messages (Messaging API, "Get the target limit", "Get number of messages sent this
/// month").</summary>
/// <param name="Limit">Null: there is none.</param>
/// <param name="Used">About.</param>
public sealed record LineQuota(long? Limit, long Used)
{
    /// <summary>From here on it is warned of.</summary>
    public const double Warned = 0.8;

    public bool IsLow => Limit is { } limit && Used >= limit * Warned;
}
