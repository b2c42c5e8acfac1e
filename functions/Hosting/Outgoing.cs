using Automation.Marketing.Sending;

namespace Automation.Functions.Hosting;

/// <summary>How mails leave: transport, sender identities and opt-out links as configured.</summary>
public static class Outgoing
{
    public static IMailTransport Transport(Settings settings, TimeProvider wall, ILoggerFactory logs) => settings.Mail.Transport switch
    {
        "sendgrid" => new SendGridTransport(
            new Marketing.Sending.SendGridSettings { ApiKey = settings.SendGrid.ApiKey!, BaseUrl = settings.SendGrid.BaseUrl, Sandbox = settings.SendGrid.Sandbox },
            wall, logs.CreateLogger("Automation.SendGrid")),
        _ => new FolderTransport(Path.Combine(settings.DataFolder, "outbox")),
    };

    public static Writers Writers(Settings settings) => new()
    {
        From = settings.Mail.From,
        FromName = settings.Mail.FromName,
        ReplyTo = settings.Mail.ReplyTo,
        TransactionalFrom = settings.Mail.TransactionalFrom,
        PublicUrl = settings.PublicUrl,
        Tokens = Tokens(settings),
        Confirmations = Confirmations(settings),
    };

    /// <summary>The secret of opt-out links, made up at first start: whoever loses it breaks the links in mails already sent.</summary>
    public static UnsubscribeTokens Tokens(Settings settings) =>
        new(System.Text.Encoding.ASCII.GetBytes(Files.Secret(LinksSecret(settings))));

    /// <summary>Of links that confirm a consent: made with the same secret, and yet no opt-out link is one.</summary>
    public static UnsubscribeTokens Confirmations(Settings settings) =>
        new(System.Text.Encoding.ASCII.GetBytes(Files.Secret(LinksSecret(settings))), "confirm");

    /// <summary>Of what takes back a stop on the page that follows it.</summary>
    public static UnsubscribeTokens Undos(Settings settings) =>
        new(System.Text.Encoding.ASCII.GetBytes(Files.Secret(LinksSecret(settings))), "undo");

    /// <summary>The file that keeps it.</summary>
    public static string LinksSecret(Settings settings) => Path.Combine(settings.DataFolder, "links.secret");
}
