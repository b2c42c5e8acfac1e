namespace Automation.Year.Tests.Faults;

/// <summary>The files of the small shop, and what people do to them: edit, break, rename, delete, bring back.</summary>
public sealed class FaultyFiles(string folder)
{
    public const string Settings = "shop.json", Thanks = "journeys/thanks.json", Second = "journeys/second.json",
        Hello = "journeys/hello.json",
        Series = "newsletters/weekly.json", Fallback = "newsletters/weekly/fallback.md";

    private static readonly Dictionary<string, string> Written = new()
    {
        [Settings] = Shop(""),
        [Thanks] = """
            { "name": "お礼", "purpose": "transactional", "trigger": { "event": "order.placed" }, "per": "order",
              "leaveOn": [ { "event": "order.cancelled" } ],
              "steps": [ { "do": "send", "mail": "thanks" }, { "do": "wait", "for": "3 days" }, { "do": "send",
                "mail": "care" } ] }
            """,
        [Second] = """
            { "name": "二回目", "purpose": "marketing", "trigger": { "event": "order.fulfilled" }, "reentry": "never",
              "leaveOn": [ { "event": "order.placed" } ],
              "window": { "days": ["tuesday", "thursday"], "from": "09:00", "to": "20:00" },
              "steps": [ { "do": "wait", "for": "5 days" }, { "do": "send", "mail": "ask" },
                         { "do": "waitFor", "event": "mail.clicked", "upTo": "3 days", "then": [ { "do": "leave",
                           "because": "interested" } ] },
                         { "do": "send", "mail": "more" } ] }
            """,
        [Hello] = """
            { "name": "はじめまして", "purpose": "marketing", "trigger": { "event": "consent.given" },
              "reentry": { "after": "30 days" },
              "steps": [ { "do": "send", "mail": "hello" }, { "do": "wait", "for": "7 days" }, { "do": "send",
                "mail": "story" } ] }
            """,
        [Series] =
            """{ "name": "お便り", "on": ["wednesday"], "at": "10:00", "late": { "sendWithin": "6 hours" },"""
            + """ "fallback": "fallback" }""",
        [Fallback] = Mail("お茶の話"),
        ["mails/thanks.md"] = Mail("ありがとうございます"),
        ["mails/care.md"] = Mail("お手入れ"),
        ["mails/ask.md"] = Mail("いかがでしたか"),
        ["mails/more.md"] = Mail("つぎの一杯"),
        ["mails/hello.md"] = Mail("はじめまして"),
        ["mails/story.md"] = Mail("店の話"),
        ["newsletters/weekly/2026-11-11.md"] = Mail("十一日"),
        ["newsletters/weekly/2026-11-25.md"] = Mail("二十五日"),
        ["newsletters/weekly/2026-12-02.md"] = Mail("二日"),
    };

    /// <summary>The thank-you stays where it is: who was thanked can be known.</summary>
    private static readonly string[] Kept = [Settings, Thanks, "mails/thanks.md", "mails/care.md"];

    public string Folder => folder;

    public void WriteAll()
    {
        foreach (var (name, text) in Written) Write(name, text);
    }

    /// <summary>Somebody does something to a file; answers what, in words.</summary>
    public string Edit(Random chance)
    {
        var name = Written.Keys.ElementAt(chance.Next(Written.Count));
        if (name == Settings) return Plan(chance);
        if (Kept.Contains(name)) return chance.Next(2) == 0 ? Change(name, text => text + "\n") : Break(name);
        return chance.Next(6) switch
        {
            0 or 1 => Delete(name),
            2 => Break(name),
            3 => Rename(name),
            4 when name == Series => Change(name, text => Moved(text, chance)),
            4 when name.EndsWith(".json", StringComparison.Ordinal) => Change(name, Shorter),
            4 => Change(name, text => text + "\nそれでは。\n"),
            _ => Restore(name),
        };
    }

    /// <summary>Everything is as it was at first.</summary>
    public void RestoreAll()
    {
        foreach (var name in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) File.Delete(name);
        WriteAll();
    }

    private string Plan(Random chance)
    {
        var more = chance.Next(5) switch
        {
            0 => "",
            1 => """, "quietHours": { "from": "20:00", "to": "09:00" }""",
            2 => """, "plan": { "caps": [ { "messages": 1, "per": "3 days" } ], "newsletterDay": "keepsBack","""
                + """ "expires": "7 days" }""",
            3 => """, "plan": { "caps": [ { "messages": 2, "per": "7 days" } ] }, "quietHours": { "from": "21:00","""
                + """ "to": "08:00" }""",
            _ => """, "holidays": { "closed": [ { "name": "休業", "from": "11-24", "to": "11-26" } ] }""",
        };
        Write(Settings, Shop(more));
        return $"shop.json: {more}";
    }

    private string Delete(string name)
    {
        File.Delete(Path.Combine(folder, name));
        return $"deletes {name}";
    }

    private string Break(string name)
    {
        Write(name, name.EndsWith(".md", StringComparison.Ordinal)
            ? "---\nsubject: {{nobody.knows}}\n---\n{{#each\n" : "{ \"name\": ");
        return $"breaks {name}";
    }

    private string Rename(string name)
    {
        if (!File.Exists(Path.Combine(folder, name))) return Restore(name);
        var to = Path.Combine(folder, Path.GetDirectoryName(name)!, $"other{Path.GetExtension(name)}");
        File.Move(Path.Combine(folder, name), to, overwrite: true);
        return $"renames {name} to other";
    }

    private string Change(string name, Func<string, string> change)
    {
        Write(name, change(Written[name]));
        return $"changes {name}: {File.ReadAllText(Path.Combine(folder, name)).ReplaceLineEndings(" ")[..40]}…";
    }

    private string Restore(string name)
    {
        Write(name, Written[name]);
        return $"restores {name}";
    }

    private static string Shorter(string journey) =>
        journey.Replace("\"3 days\"", "\"2 days\"", StringComparison.Ordinal).Replace(
            "\"7 days\"", "\"4 days\"", StringComparison.Ordinal);

    private static string Moved(string series, Random chance)
    {
        string[] days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        var (day, at) = (days[chance.Next(7)], $"{chance.Next(24):D2}:{chance.Next(4) * 15:D2}");
        return series.Replace("wednesday", day, StringComparison.Ordinal).Replace(
            "10:00", at, StringComparison.Ordinal);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Shop(string more) =>
        $$"""{ "name": "茶と器", "postalAddress": "静岡県", "contact": { "email": "help@example.jp" }, "timeZone":"""
        + $$""" "Asia/Tokyo"{{more}} }""";

    private static string Mail(string subject) =>
        $"---\nsubject: {subject}\n---\n{{{{customer.salutation}}}}\n\nこんにちは。\n";
}
