namespace Automation.Benchmarks;

/// <summary>A shop folder with (or without) one journey: a welcome mail of about 9 KB at once, then a wait of seven
/// days.</summary>
internal static class BenchShop
{
    public static string Write(bool journey)
    {
        var folder = Directory.CreateTempSubdirectory("bench-shop-").FullName;
        File.WriteAllText(Path.Combine(folder, "shop.json"), """
            { "name": "Bench", "postalAddress": "1 Bench Street", "contact": { "email": "help@bench.example" },
              "timeZone": "Asia/Tokyo", "currency": "USD", "language": "en" }
            """);
        Directory.CreateDirectory(Path.Combine(folder, "journeys"));
        Directory.CreateDirectory(Path.Combine(folder, "mails", "welcome"));
        if (!journey) return folder;
        File.WriteAllText(Path.Combine(folder, "journeys", "welcome.json"), """
            { "name": "Welcome", "purpose": "transactional",
              "trigger": { "event": "order.placed", "where": { "customer.orders.count": 1 } },
              "steps": [ { "do": "send", "mail": "welcome/thank-you" }, { "do": "wait", "for": "7 days" } ] }
            """);
        var paragraphs = string.Join("\n\n", Enumerable.Range(1, 9).Select(n =>
            $"Paragraph {n}: we pack every order by hand, with paper from the mill down the river, and we write to "
            + $"you once, when it leaves. If anything is not as it should be, answer this mail; a person reads it, "
            + $"usually the one who packed your parcel."));
        File.WriteAllText(Path.Combine(folder, "mails", "welcome", "thank-you.md"),
            "---\nsubject: Thank you for order {{order.number}}\npreheader: We have it and are packing\n---\n# Thank "
            + "you\n\nYour order {{order.number}}:\n\n" +
            "{{#each order.lines}}\n- {{title}} × {{quantity}}\n{{/each}}\n\nIn all {{order.total}}.\n\n"
            + paragraphs + "\n");
        return folder;
    }
}
