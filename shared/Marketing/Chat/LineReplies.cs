using System.Text.Json.Nodes;
using Automation.Marketing.Lines;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Chat;

/// <summary>Replies on LINE. At once with the reply token: it costs none of the month's messages, and LINE takes it
/// once, so that "invalid reply token" to a second try means that the first one went. After its minute, and where LINE
/// refuses the token of a first try, by a push with a retry key. Only a first try that nobody has seen the end of
/// before the token's time was over stays uncertain.</summary>
/// <param name="transport">Null: the shop is not on LINE.</param>
public sealed class LineReplies(TimeProvider time, ILineTransport? transport = null) : ReplySink
{
    /// <summary>Messaging API, "Reply token": to be used within a minute; with some seconds to spare.</summary>
    public static readonly TimeSpan TokenHolds = TimeSpan.FromSeconds(50);

    private const int Tries = 3;

    public override string Channel => Identity.Line;

    /// <summary>From the queue.</summary>
    public override bool ComesAgain => true;

    public override Identity? Person(string address) => new(Identity.Line, address);

    public override async Task<ReplyOutcome> Deliver(OutgoingReply reply, CancellationToken cancellation)
    {
        if (transport is null) return new ReplyOutcome.Lost("the shop is not on LINE");
        var json = Json(reply.Exchange.Reply);
        var (exchange, wasTried) = (reply.Exchange, !reply.IsFirst);
        if (exchange.ReplyToken is { } token)
        {
            for (var n = 0; n < Tries && time.GetUtcNow() - exchange.At < TokenHolds; n++)
                switch (await transport.Reply(token, json, cancellation))
                {
                    case DeliveryResult.Accepted: return new ReplyOutcome.Delivered();
                    case DeliveryResult.Refused refused when !LineAnswer.IsTokenRefused(refused):
                        return new ReplyOutcome.Lost(refused.Reason);
                    case DeliveryResult.Refused when wasTried: return new ReplyOutcome.Delivered();
                    case DeliveryResult.Refused: n = Tries; break;
                    case DeliveryResult.Busy busy:
                        // Certainly not taken: next time by its key, which holds longer.
                        if (!wasTried) await reply.Turn(cancellation);
                        return new ReplyOutcome.Again(busy.Reason);
                    default: wasTried = true; break;
                }
            if (wasTried)
                return time.GetUtcNow() - exchange.At < TokenHolds
                    ? new ReplyOutcome.Again("LINE did not answer")
                    : new ReplyOutcome.Uncertain("LINE did not say whether it took the reply while its token held");
            await reply.Turn(cancellation);
        }
        return await Push(reply, json, cancellation);
    }

    private async Task<ReplyOutcome> Push(OutgoingReply reply, string json, CancellationToken cancellation)
    {
        if (time.GetUtcNow() - reply.Exchange.DecidedAt >= LineMessage.KeyHolds)
            return new ReplyOutcome.Uncertain("LINE remembers a key for a day, and that is over");
        return await transport!.Push(
            new LineMessage($"chat-{reply.Exchange.Id}", reply.Conversation.Address, "chat", json), cancellation) switch
        {
            DeliveryResult.Accepted => new ReplyOutcome.Delivered(),
            DeliveryResult.Refused refused => new ReplyOutcome.Lost(refused.Reason),
            DeliveryResult.Busy { IsUsedUp: true } busy => new ReplyOutcome.Lost(busy.Reason),
            DeliveryResult.Busy busy => new ReplyOutcome.Again(busy.Reason),
            DeliveryResult.Unclear unclear => new ReplyOutcome.Again(unclear.Reason),
            var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
        };
    }

    /// <summary>Messaging API, "Text message" and "Quick reply": 5,000 characters, 13 buttons of 20.</summary>
    private const int LongestText = 5000, MostButtons = 13;

    /// <summary>One text with its choices as buttons above the keyboard. Pure.</summary>
    public static string Json(ChatReply reply)
    {
        var links = reply.Choices.Where(choice => choice.Data is null && choice.Url is not null)
            .Select(choice => $"{choice.Words} {choice.Url}");
        var text = string.Join("\n\n", [reply.Whole, .. links]);
        var message = new JsonObject { ["type"] = "text", ["text"] = Cut(text, LongestText) };
        var buttons = reply.Choices.Where(choice => choice.Data is not null).Take(MostButtons)
            .Select(choice => new JsonObject
            {
                ["type"] = "action",
                ["action"] = new JsonObject
                {
                    ["type"] = "postback",
                    ["label"] = Cut(choice.Words, LineAction.LongestWords),
                    ["data"] = choice.Data,
                    ["displayText"] = choice.Words,
                },
            }).ToArray();
        if (buttons.Length > 0) message["quickReply"] = new JsonObject { ["items"] = new JsonArray([.. buttons]) };
        return message.ToJsonString(RowJson.Readable);
    }

    /// <summary>Never within a character of two halves.</summary>
    private static string Cut(string text, int longest) => text.Length <= longest ? text
        : $"{text[..(longest - (char.IsHighSurrogate(text[longest - 2]) ? 2 : 1))]}…";
}
