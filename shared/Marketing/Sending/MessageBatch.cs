using System.Buffers;
using System.Text;

namespace Automation.Marketing.Sending;

/// <summary>One mail for many customers: what is the same once, with a tag wherever something of the customer's goes;
/// what differs beside it. All text is UTF-8. Valid until the call it is handed to returns: the buffers are used
/// again.</summary>
public sealed record MessageBatch
{
    /// <summary>SendGrid's limit of one request.</summary>
    public const int Most = 1000;

    /// <summary>SendGrid's limit of what stands for one customer, names of the tags and their values, bytes.</summary>
    public const int LargestValues = 10_000;

    public required string Mail { get; init; }
    public required Purpose Purpose { get; init; }
    public required Mailbox From { get; init; }
    public Mailbox? ReplyTo { get; init; }
    public required ReadOnlyMemory<byte> Subject { get; init; }
    public required ReadOnlyMemory<byte> Html { get; init; }
    public required ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>What stands for the values, ASCII; none: the texts are one customer's, whole.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>All customers' values.</summary>
    public required ReadOnlyMemory<byte> Values { get; init; }

    /// <summary>1 to <see cref="Most"/>, each address once.</summary>
    public required IReadOnlyList<BatchRecipient> Recipients { get; init; }

    /// <summary>When the sends were claimed; the same for every attempt after a kill.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One customer's value for a tag.</summary>
    public ReadOnlySpan<byte> Value(BatchRecipient recipient, int tag) =>
        Values.Span[(tag == 0 ? recipient.Start : recipient.Ends[tag - 1])..recipient.Ends[tag]];

    /// <summary>How every tag begins; null: there are none.</summary>
    public byte[]? TagMark => Tags.Count == 0 ? null : Encoding.ASCII.GetBytes(Tags[0][..^2]);

    /// <summary>What the tags add to one customer's values: their names and what JSON puts around a pair.</summary>
    public int TagBytes => Tags.Sum(tag => tag.Length + 6);

    /// <summary>Must a customer's mail go whole? Where values are larger than the provider takes, and where one holds
    /// what could be taken for a tag: providers replace tags one after another, also in what they have put
    /// in.</summary>
    /// <param name="tagMark"><see cref="TagMark"/>.</param>
    /// <param name="tagBytes"><see cref="TagBytes"/>.</param>
    public bool GoesWhole(BatchRecipient recipient, byte[]? tagMark, int tagBytes)
    {
        if (tagMark is null) return false;
        var values = Values.Span[recipient.Start..recipient.Ends[^1]];
        return values.Length + tagBytes > LargestValues || values.IndexOf(tagMark) >= 0;
    }

    /// <summary>One customer's mail with its values in place: a batch of one, without tags.</summary>
    public MessageBatch Alone(BatchRecipient recipient) => this with
    {
        Subject = Whole(Subject.Span, recipient),
        Html = Whole(Html.Span, recipient),
        Text = Whole(Text.Span, recipient),
        Tags = [],
        Recipients = [recipient],
    };

    /// <summary>A customer's mail as a message of its own.</summary>
    public Message Message(BatchRecipient recipient) => new()
    {
        Id = recipient.SendId,
        To = recipient.To,
        From = From,
        ReplyTo = ReplyTo,
        Subject = Encoding.UTF8.GetString(Whole(Subject.Span, recipient).Span),
        Html = Encoding.UTF8.GetString(Whole(Html.Span, recipient).Span),
        Text = Encoding.UTF8.GetString(Whole(Text.Span, recipient).Span),
        Headers = Senders.Headers(recipient.UnsubscribeUrl),
        Purpose = Purpose,
        Mail = Mail,
        At = At,
    };

    /// <summary>Tags are <c>%seed-0%</c>, <c>%seed-1%</c> …</summary>
    private ReadOnlyMemory<byte> Whole(ReadOnlySpan<byte> text, BatchRecipient recipient)
    {
        var whole = new ArrayBufferWriter<byte>(text.Length + recipient.Ends.LastOrDefault() - recipient.Start + 1);
        var prefix = TagMark ?? [];
        for (var at = prefix.Length == 0 ? -1 : text.IndexOf(prefix); at >= 0; at = text.IndexOf(prefix))
        {
            whole.Write(text[..at]);
            var rest = text[(at + prefix.Length)..];
            var close = rest.IndexOf((byte)'%');
            _ = System.Buffers.Text.Utf8Parser.TryParse(rest[..close], out int tag, out _);
            whole.Write(Value(recipient, tag));
            text = rest[(close + 1)..];
        }
        whole.Write(text);
        return whole.WrittenMemory;
    }
}

/// <summary>One customer of a batch: where their values lie (from <see cref="Start"/>, each up to its end), and
/// their own List-Unsubscribe.</summary>
public sealed record BatchRecipient
{
    public required string SendId { get; init; }
    public required string To { get; init; }
    public required string? UnsubscribeUrl { get; init; }
    public required int Start { get; init; }
    public required int[] Ends { get; init; }
}
