using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Two or three subjects tried on a part of the audience. Pure: who gets which is drawn from the customer's
/// id, the same every time.</summary>
/// <param name="Subjects">How many there are; one: no test.</param>
/// <param name="Share">Per cent of the audience they are tried on.</param>
/// <param name="After">How long they are compared.</param>
public sealed record SubjectTest(int Subjects, int Share, TimeSpan After)
{
    public static readonly SubjectTest None = new(1, 100, TimeSpan.Zero);

    /// <summary>Why whoever is not of the sample waits.</summary>
    public const string Reason = "subject test";

    /// <summary>Too few clicks, or readers of one of the subjects, say nothing.</summary>
    private const int LeastClicks = 20, LeastReaders = 50;

    public bool IsTest => Subjects > 1;

    /// <summary>The subject a customer of the sample gets; null: they get the winner.</summary>
    public int? Drawn(IssueId issue, CustomerId customer)
    {
        if (!IsTest) return 0;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{customer}|{issue}|subject"), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) % 100 < Share
            ? (int)(BinaryPrimitives.ReadUInt32BigEndian(hash[4..]) % Subjects) : null;
    }

    /// <summary>The subject more people clicked on, as a share of those who got it; with too little to go by the
    /// first.</summary>
    public static SubjectChoice Decide(IReadOnlyList<int> readers, IReadOnlyList<int> clicks)
    {
        var rates = string.Join(", ", readers.Select((count, n) => string.Create(
            CultureInfo.InvariantCulture, $"{(char)('A' + n)}: {clicks[n]} of {count} clicked")));
        if (clicks.Sum() < LeastClicks || readers.Min() < LeastReaders)
            return new(0, $"the first subject: too little data ({rates})");
        var best = Enumerable.Range(0, readers.Count).MaxBy(n => (double)clicks[n] / readers[n]);
        return new(best, $"subject {(char)('A' + best)} ({rates})");
    }
}

/// <summary>Which subject the rest gets, and why.</summary>
public sealed record SubjectChoice(int Subject, string Because);
