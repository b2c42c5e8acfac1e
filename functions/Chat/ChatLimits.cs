using System.Threading.RateLimiting;
using Automation.Functions.Http;

namespace Automation.Functions.Chat;

/// <summary>How often somebody may, so that nobody fills the tables, tries codes or writes mails by the thousand.
/// Counted in this process.</summary>
public sealed class ChatLimits : IDisposable
{
    private readonly List<IDisposable> all = [];

    public ChatLimits()
    {
        (Sessions, Messages, News) = (
            Of(30, TimeSpan.FromMinutes(10)), Of(20, TimeSpan.FromMinutes(1)), Of(60, TimeSpan.FromMinutes(1)));
        (Together, Proofs, Mails, Codes) = (
            Of(300, TimeSpan.FromMinutes(1)), Of(5, TimeSpan.FromMinutes(10)), Of(5, TimeSpan.FromHours(1)),
            Of(30, TimeSpan.FromMinutes(10)));
    }

    /// <summary>Sessions of an address.</summary>
    public PartitionedRateLimiter<string> Sessions { get; }

    /// <summary>Messages of a visitor, and questions for news.</summary>
    public PartitionedRateLimiter<string> Messages { get; }

    /// <inheritdoc cref="Messages"/>
    public PartitionedRateLimiter<string> News { get; }

    /// <summary>Requests of an address: a household, an office.</summary>
    public PartitionedRateLimiter<string> Together { get; }

    /// <summary>Codes that a network address asks for.</summary>
    public PartitionedRateLimiter<string> Proofs { get; }

    /// <summary>Codes that an e-mail address is asked for, whether anybody has it or not.</summary>
    public PartitionedRateLimiter<string> Mails { get; }

    /// <summary>Codes that a network address gives.</summary>
    public PartitionedRateLimiter<string> Codes { get; }

    private PartitionedRateLimiter<string> Of(int permits, TimeSpan window)
    {
        var limiter = RateWindows.Of(permits, window);
        all.Add(limiter);
        return limiter;
    }

    public void Dispose() => all.ForEach(one => one.Dispose());
}
