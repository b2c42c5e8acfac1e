using System.Net;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Sending;

/// <summary>A short mail to a customer that answers a button or a question, outside ledger, plan and figures: a few
/// words, signed with the shop's name and address.</summary>
public sealed record ShortMail
{
    public required string Id { get; init; }

    /// <summary>The address.</summary>
    public required string To { get; init; }

    /// <summary>What it is called where mails are counted.</summary>
    public required string Mail { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }
    public required string Subject { get; init; }

    /// <summary>Its paragraphs, encoded.</summary>
    public required string Html { get; init; }

    /// <summary>The same as text, without the signature.</summary>
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>As it is handed over.</summary>
    public Message By(Senders writers, ShopSettings shop) => new()
    {
        Id = Id,
        To = To,
        From = writers.For(Purpose.Transactional, shop, null),
        ReplyTo = writers.Answers(shop),
        Subject = Subject,
        Html = $"<!DOCTYPE html><html lang=\"{Language}\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"color-scheme\" content=\"light dark\"></head>"
            + $"<body style=\"font:16px/1.8 sans-serif\">{Html}"
            + $"<p>{Safe(shop.Name)}<br>{Safe(shop.PostalAddress)}</p></body></html>",
        Text = $"{Text}\n\n{shop.Name}\n{shop.PostalAddress}\n",
        Headers = Senders.Headers(null),
        Purpose = Purpose.Transactional,
        Mail = Mail,
        At = At,
    };

    /// <summary>Text as it may stand in <see cref="Html"/>.</summary>
    public static string Safe(string text) => WebUtility.HtmlEncode(text);
}
