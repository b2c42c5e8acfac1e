namespace Automation.Marketing.Replays;

/// <summary>What a period of the shop came to, as it really went or as it was played.</summary>
public sealed record PeriodFigures
{
    /// <summary>Mails of journeys and letters, by day on the shop's calendar (<c>yyyy-MM-dd</c>).</summary>
    public IReadOnlyDictionary<string, DayMails> Days { get; init; } = new Dictionary<string, DayMails>();

    /// <summary>By journey and mail (<c>{journey}|{mail}</c>).</summary>
    public IReadOnlyDictionary<string, MailOutcome> Mails { get; init; } = new Dictionary<string, MailOutcome>();

    /// <summary>How many customers got how many mails of journeys; who got none is not counted.</summary>
    public IReadOnlyDictionary<string, int> PerCustomer { get; init; } = new Dictionary<string, int>();

    /// <summary>How often a mail was held back for a while, by why; null: that is not kept.</summary>
    public IReadOnlyDictionary<string, int>? Held { get; init; }

    public int Sent => Mails.Values.Sum(mail => mail.Sent);
    public int NotSent => Mails.Values.Sum(mail => mail.NotSent.Values.Sum());
    public int Letters => Days.Values.Sum(day => day.Letters);
}

/// <summary>What went on one day.</summary>
/// <param name="Journeys">Mails of journeys.</param>
/// <param name="Letters">Of newsletters.</param>
public sealed record DayMails(int Journeys, int Letters);

/// <summary>What became of a mail of a journey.</summary>
/// <param name="NotSent">How many did not go, by why.</param>
public sealed record MailOutcome(int Sent, IReadOnlyDictionary<string, int> NotSent);
