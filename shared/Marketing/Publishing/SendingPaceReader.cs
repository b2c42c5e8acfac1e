using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>Reads <c>sending</c> of shop.json.</summary>
internal static class SendingPaceReader
{
    public static SendingPace? Read(Reading reading, Node? node) =>
        Entries.Of(reading, node, ShopShapes.Sending, "sending") is { } entries
            ? new SendingPace(entries.Whole("perSecond", 1, 1_000)) { WarmUp = WarmUp(reading, entries["warmUp"]) }
            : null;

    private static List<int> WarmUp(Reading reading, Node? node)
    {
        var days = new List<int>();
        reading.List(node, "warmUp", item =>
        {
            if (item.Kind == JsonValueKind.Number && reading.Element(item).TryGetInt32(out var mails)
                && mails is >= 1 and <= 10_000_000) days.Add(mails);
            else reading.Say(item, "\"warmUp\" are whole numbers from 1 to 10000000: mails a day");
            return item;
        });
        return days;
    }
}
