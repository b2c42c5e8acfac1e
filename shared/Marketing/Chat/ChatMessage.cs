namespace Automation.Marketing.Chat;

/// <summary>Something a person says to the shop, on whichever channel.</summary>
public sealed record ChatMessage
{
    /// <summary>The channel's own id of it: the same again is the same message.</summary>
    public required string Id { get; init; }

    /// <summary><c>line</c>, <c>web</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Who it is on that channel: a LINE user id, a visitor's secret.</summary>
    public required string Address { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Utterance Says { get; init; }

    /// <summary>The channel's id of the text itself, by which it may be taken back; null: it cannot be.</summary>
    public string? TextId { get; init; }

    /// <summary>With which an answer may be given at once; null: there is no such thing.</summary>
    public string? ReplyToken { get; init; }
}

/// <summary>What was said.</summary>
public abstract record Utterance
{
    public sealed record Words(string Text) : Utterance;

    /// <summary>One of our choices was tapped.</summary>
    /// <param name="On">The words as they stood on it, where the channel tells.</param>
    public sealed record Tapped(Tap Tap, string? On = null) : Utterance;

    /// <summary>A picture, a film, a file: only a person can look at it.</summary>
    public sealed record Thing(string Kind) : Utterance;

    /// <summary>A sticker and what else wants no answer.</summary>
    public sealed record Gesture : Utterance;

    private Utterance() { }
}

/// <summary>What a choice says when it is tapped.</summary>
public abstract record Tap
{
    /// <summary>Before what our choices say: others' taps are none of ours.</summary>
    public const string Prefix = "chat:";

    /// <summary>That answer was meant.</summary>
    public sealed record Meant(string Answer) : Tap;

    /// <summary>That order was meant, by its number.</summary>
    public sealed record OfOrder(string Number) : Tap;

    /// <summary>Did it help?</summary>
    public sealed record Helped(bool Yes) : Tap;

    /// <summary>A person, please.</summary>
    public sealed record People : Tap;

    /// <summary>They want to prove an order; where there is a form for it, it opens.</summary>
    public sealed record Prove : Tap;

    /// <summary>As text: <c>chat:answer:shipping</c>.</summary>
    public string Data => Prefix + this switch
    {
        Meant meant => $"answer:{meant.Answer}",
        OfOrder order => $"order:{order.Number}",
        Helped helped => helped.Yes ? "yes" : "no",
        Prove => "prove",
        _ => "people",
    };

    /// <summary>Null: it is none of ours.</summary>
    public static Tap? Read(string? data)
    {
        if (data?.StartsWith(Prefix, StringComparison.Ordinal) != true) return null;
        var said = data[Prefix.Length..];
        return said switch
        {
            "yes" => new Helped(true),
            "no" => new Helped(false),
            "people" => new People(),
            "prove" => new Prove(),
            _ when said.StartsWith("answer:", StringComparison.Ordinal) => new Meant(said["answer:".Length..]),
            _ when said.StartsWith("order:", StringComparison.Ordinal) => new OfOrder(said["order:".Length..]),
            _ => null,
        };
    }

    private Tap() { }
}
