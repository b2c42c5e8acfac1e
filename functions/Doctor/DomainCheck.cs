namespace Automation.Functions.Doctor;

/// <summary>Whether mailboxes will believe that mails come from the sender domain: SPF (RFC 7208), DKIM (RFC 6376) and
/// DMARC (RFC 7489), as DNS says them. Pure.</summary>
public static class DomainCheck
{
    private const string Authenticate =
        "SendGrid → Settings → Sender Authentication → Authenticate Your Domain, and put its records into DNS.";

    public static IEnumerable<Finding> Judge(DomainRecords records) =>
        [Spf(records), Dkim(records), Dmarc(records)];

    private static Finding Spf(DomainRecords records)
    {
        const string what = "SPF";
        if (records.Texts is not { } texts) return Silent(what, records.Domain);
        string[] found =
        [
            .. texts.Where(text => text.Equals("v=spf1", StringComparison.OrdinalIgnoreCase)
                || text.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase)),
        ];
        if (found.Length > 1) return Finding.Wrong(
            what, $"{records.Domain} has {found.Length} records, and so none counts", "Make them one in DNS.");
        if (found is not [var spf]) return Finding.Warn(
            what, $"{records.Domain} has no record",
            "Where SendGrid signs for the domain that is enough for DMARC; some mailboxes want a record all the same: "
            + "TXT \"v=spf1 include:sendgrid.net ~all\".");
        var words = spf.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(word => word is "+all" or "all")) return Finding.Wrong(
            what, $"{records.Domain} lets everybody send in its name ({spf})", "End it with ~all or -all.");
        return words.Any(word => word.Contains("sendgrid.net", StringComparison.OrdinalIgnoreCase))
            ? Finding.Ok(what, $"{records.Domain} names SendGrid")
            : Finding.Ok(what, $"{records.Domain} has a record without SendGrid, whose mails come from an address of "
                + "its own (em….) where the domain is authenticated there");
    }

    private static Finding Dkim(DomainRecords records)
    {
        const string what = "DKIM";
        if (records.Keys.Values.All(texts => texts is null)) return Silent(what, records.Domain);
        foreach (var (selector, texts) in records.Keys)
        {
            if (texts?.FirstOrDefault(text => Tag(text, "p") is not null) is not { } key) continue;
            return Tag(key, "p") == ""
                ? Finding.Wrong(what, $"{selector}._domainkey.{records.Domain} is a key that was taken back",
                    Authenticate)
                : Finding.Ok(what, $"{records.Domain} has a key ({selector})");
        }
        return Finding.Wrong(
            what, $"{records.Domain} has no key at {string.Join(", ", records.Keys.Keys)} (._domainkey): nobody can "
            + "tell that mails are yours", Authenticate);
    }

    private static Finding Dmarc(DomainRecords records)
    {
        const string what = "DMARC";
        const string record = "TXT at _dmarc.: \"v=DMARC1; p=none; rua=mailto:…\"";
        if (records.Policies is not { } policies) return Silent(what, records.Domain);
        if (policies.Count == 0) return Finding.Warn(
            what,
            $"{records.Domain} has no policy: Gmail, Yahoo and Outlook want one from a few thousand mails a day on",
            $"{record}. Later, once the reports show only your own, p=quarantine.");
        if (policies.Count > 1) return Finding.Wrong(
            what, $"{records.Domain} has {policies.Count} policies, and so none counts", "Leave one in DNS.");
        return Tag(policies[0], "p") is { } policy && policy is "none" or "quarantine" or "reject"
            ? Finding.Ok(what, $"{records.Domain} says p={Tag(policies[0], "p")}")
            : Finding.Wrong(what, $"{records.Domain} has a policy without p= ({policies[0]})", $"{record}.");
    }

    private static Finding Silent(string what, string domain) => Finding.Warn(
        what, $"DNS did not say anything of {domain}",
        "May this machine ask DNS? Dns:Server names another server than its own.");

    /// <summary>A tag's value, <c>k=v; k=v</c>; null: it is not there.</summary>
    private static string? Tag(string record, string name) => record.Split(';')
        .Select(tag => tag.Split('=', 2))
        .FirstOrDefault(tag => tag.Length == 2 && tag[0].Trim() == name)?[1].Trim();
}
