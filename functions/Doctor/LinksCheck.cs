using System.Net;

namespace Automation.Functions.Doctor;

/// <summary>Whether the links in mails lead here: opt-out, confirmation, webhooks of platforms.</summary>
public static class LinksCheck
{
    private const string What = "links";

    /// <param name="sends">Mails really go out: what is only inconvenient otherwise is wrong.</param>
    public static async Task<Finding> Look(
        string publicUrl, bool sends, Asking asking, CancellationToken cancellation)
    {
        if (Amiss(new Uri(publicUrl), sends) is { } amiss) return amiss;
        try
        {
            var answer = await asking.Ask(new(HttpMethod.Get, $"{publicUrl}/health/live"), cancellation);
            return Judge(publicUrl, answer, sends);
        }
        catch (HttpRequestException silent)
        {
            return Bad(sends, $"{publicUrl} cannot be reached from here: {silent.Message}",
                "Does the program run, does the proxy in front of it, does the name lead there? Some networks do not "
                + "let a machine reach itself by its public name: then look from outside.");
        }
    }

    /// <summary>What of an address is wrong before anybody asks there; null: nothing. Pure.</summary>
    public static Finding? Amiss(Uri address, bool sends)
    {
        if (address.IsLoopback) return sends
            ? Finding.Wrong(What, $"links in mails lead to {address.Host}: nobody can unsubscribe",
                "Site:PublicUrl=https://… is the address that readers reach this program by.")
            : null;
        return address.Scheme == Uri.UriSchemeHttps ? null : Bad(
            sends, $"{address} is not https: mailboxes do not offer one-click unsubscription for it (RFC 8058), and "
            + "what readers choose is read by everybody in between",
            "Put a proxy with TLS in front (Caddy, nginx), and Site:PublicUrl=https://….");
    }

    /// <summary>What an answer at <c>/health/live</c> says of the address. Pure.</summary>
    public static Finding Judge(string publicUrl, OutsideAnswer answer, bool sends) => answer switch
    {
        { Status: HttpStatusCode.OK } when answer.Body.Contains("\"live\"", StringComparison.Ordinal) =>
            Finding.Ok(What, $"{publicUrl} leads here"),
        { Code: >= 300 and < 400 } => Bad(sends, $"{publicUrl} leads on to {answer.Location}",
            "Write the address it leads to as Site:PublicUrl: one-click unsubscription follows no redirect."),
        _ => Bad(sends, $"{publicUrl}/health/live answers {answer.Code}: somebody else is there",
            "Is Site:PublicUrl the address of this program, and does the proxy hand on all paths?"),
    };

    private static Finding Bad(bool sends, string says, string remedy) =>
        new(What, sends ? Grade.Wrong : Grade.Warn, says, remedy);
}
