using System.Globalization;
using System.Net;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Chat;

/// <summary>Tells people of the shop that a customer waits: an entry in <c>Attention</c>, which is the appointment, and
/// a mail, which only calls.</summary>
public sealed class ChatNotes(
    Tables tables, IMailTransport mails, Senders writers, CurrentShop shop, TimeProvider time)
{
    /// <summary>Puts it down. The same again is the same.</summary>
    /// <param name="by">When the customer was told that somebody answers; null: nobody said when.</param>
    public Task Wait(Conversation conversation, string because, DateTimeOffset? by, CancellationToken cancellation) =>
        tables.Attention.Upsert(new Row(Conversations.Waiting, conversation.Id)
        {
            { "Reason", by is { } when && when > conversation.At
                ? string.Create(CultureInfo.InvariantCulture,
                    $"a customer waits for a person ({because}); they were told that somebody answers from "
                    + $"{Moment(when)} on")
                : $"a customer waits for a person ({because})" },
            { "At", by ?? conversation.At },
            { "Since", conversation.At },
        }, UpdateMode.Replace, cancellation);

    /// <summary>A reply that did not reach them: somebody should look.</summary>
    public Task Missed(Conversation conversation, string reason, CancellationToken cancellation) =>
        tables.Attend(Conversations.Waiting, conversation.Id, $"a reply of the chat may not have arrived: {reason}",
            time.GetUtcNow(), cancellation);

    /// <summary>Somebody has answered.</summary>
    public Task Answered(string conversation, CancellationToken cancellation) =>
        tables.Attention.Delete(Conversations.Waiting, conversation, ETag.All, cancellation);

    /// <summary>The mail to whoever the shop says. Where it does not go, the entry in attention still stands.</summary>
    public async Task Call(Conversation conversation, Exchange exchange, CancellationToken cancellation)
    {
        if (shop.Settings.Chat is not { } chat) return;
        var words = new ChatWords(shop.Settings.Language.StartsWith("ja", StringComparison.Ordinal), shop.Settings);
        var url = $"{writers.PublicUrl.TrimEnd('/')}/console/chats/{conversation.Id}";
        var said = exchange.Says ?? "";
        var (subject, text) = (
            words["チャットでお客さまがお待ちです", "A customer waits in the chat"],
            words[$"お客さまのことば:\n{said}\n\n返信する: {url}\n", $"The customer wrote:\n{said}\n\nAnswer: {url}\n"]);
        IReadOnlyList<string> to = chat.Notify.Count > 0 ? chat.Notify : [shop.Settings.Contact.Email];
        foreach (var address in to)
            await mails.Send(new Message
            {
                Id = $"chat-{Keys.Hash($"{conversation.Id} {exchange.Id} {address}", 12)}",
                To = address,
                From = writers.For(Purpose.Transactional, shop.Settings, null),
                Subject = $"[{shop.Settings.Name}] {subject}",
                Html = $"<!DOCTYPE html><html lang=\"{words.Language}\"><body style=\"font:16px/1.8 sans-serif;"
                    + $"white-space:pre-wrap\">{WebUtility.HtmlEncode(text)}</body></html>",
                Text = text,
                Headers = Senders.Headers(null),
                Purpose = Purpose.Transactional,
                Mail = "chat",
                At = exchange.DecidedAt,
            }, cancellation);
    }

    private string Moment(DateTimeOffset at) =>
        Automation.Marketing.Time.Zones.InWords(at, Automation.Marketing.Time.Zones.Of(null, shop.Settings.TimeZone));
}
