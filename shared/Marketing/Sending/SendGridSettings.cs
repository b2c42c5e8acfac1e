namespace Automation.Marketing.Sending;

/// <summary>The account at SendGrid (<c>SendGrid:…</c>).</summary>
public sealed record SendGridSettings
{
    public required string ApiKey { get; init; }

    /// <summary>EU accounts: <c>https://api.eu.sendgrid.com</c>.</summary>
    public string BaseUrl { get; init; } = "https://api.sendgrid.com";

    /// <summary>SendGrid checks and accepts, and sends nothing.</summary>
    public bool Sandbox { get; init; }

    /// <summary>How long an answer is waited for. Generous: who gives up on a slow one does not know what became of the
    /// mail.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Requests at a time.</summary>
    public int Connections { get; init; } = 64;
}
