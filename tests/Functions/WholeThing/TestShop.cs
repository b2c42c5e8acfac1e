namespace Automation.Functions.Tests.WholeThing;

/// <summary>A shop folder for tests: one journey of three mails, the later two with consent, days apart.</summary>
internal static class TestShop
{
    public static readonly string[] Mails = ["three/thank-you", "three/enjoy", "three/again"];

    /// <param name="newsletter">With a weekly newsletter and its issue of 25 November 2026.</param>
    /// <param name="readers">The newsletter is for customers with this tag only.</param>
    /// <param name="perSecond">The pace of issues; null: as fast as the provider takes them.</param>
    public static string Write(bool newsletter = false, string? readers = null, int? perSecond = null)
    {
        var folder = Directory.CreateTempSubdirectory("shop-").FullName;
        void File(string name, string text)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllText(path, text);
        }
        var pace = perSecond is { } many ? $$""", "sending": { "perSecond": {{many}} }""" : "";
        File("shop.json", $$"""
            { "name": "茶と器", "postalAddress": "〒100-0001 東京都千代田区1-1", "contact": { "email": "help@example.jp" },
              "timeZone": "Asia/Tokyo", "currency": "JPY", "language": "ja"{{pace}} }
            """);
        File("journeys/three.json", """
            { "name": "三通", "purpose": "transactional",
              "trigger": { "event": "order.placed" },
              "steps": [
                { "do": "send", "mail": "three/thank-you" },
                { "do": "wait", "for": "1 day" },
                { "do": "send", "mail": "three/enjoy" },
                { "do": "wait", "for": "2 days" },
                { "do": "send", "mail": "three/again" } ] }
            """);
        File("mails/three/thank-you.md",
            "---\nsubject: ありがとうございます {{order.number}}\n---\n{{customer.salutation}}\n\nご注文 {{order.number}} "
            + "を承りました。\n");
        File("mails/three/enjoy.md",
            "---\nsubject: お楽しみください\npurpose: marketing\n---\n{{customer.salutation}}\n\nおいしい淹れ方です。\n");
        File("mails/three/again.md",
            "---\nsubject: またどうぞ\npurpose: marketing\n---\n{{customer.salutation}}\n\nまたお待ちしております。\n");
        if (!newsletter) return folder;
        var audience = readers is null ? "" : $$""", "audience": { "customer.tags": { "contains": "{{readers}}" } }""";
        File("newsletters/weekly.json", $$"""{ "name": "週刊", "on": ["wednesday"], "at": "10:00"{{audience}} }""");
        File("newsletters/weekly/2026-11-25.md", "---\nsubject: 今週のお茶\n---\n{{customer.salutation}}\n\n新茶が届きました。\n");
        return folder;
    }

    /// <summary>A copy of the shop as shipped, with its journeys, mails and plan and no newsletters.</summary>
    public static string WithoutNewsletters()
    {
        var (shop, copy) = (Path.Combine(AppContext.BaseDirectory,
            "shop"), Directory.CreateTempSubdirectory("shop-").FullName);
        foreach (var file in Directory.EnumerateFiles(shop, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(shop, file);
            if (name.StartsWith("newsletters", StringComparison.Ordinal)) continue;
            var place = Path.Combine(copy, name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            System.IO.File.Copy(file, place);
        }
        return copy;
    }
}
