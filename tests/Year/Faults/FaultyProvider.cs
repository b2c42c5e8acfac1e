using System.Collections.Concurrent;
using Automation.Marketing;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Year.Tests.Faults;

/// <summary>What a provider does with a call.</summary>
public enum Trouble
{
    None,

    /// <summary>429: not taken, later.</summary>
    Busy,

    /// <summary>5xx: not taken, and it says nothing of that.</summary>
    Broken,

    /// <summary>Taken, and no answer comes.</summary>
    TakenUnanswered,

    /// <summary>Not taken, and no answer comes.</summary>
    Lost,
}

/// <summary>A mail the provider really took, whatever it answered.</summary>
public sealed class Taken(
    string sendId, string to, string mail, Purpose purpose, bool isLetter, DateTimeOffset at, int nth)
{
    public string SendId => sendId;
    public string To => to;

    /// <summary>The mail's name, or the issue.</summary>
    public string Mail => mail;
    public Purpose Purpose => purpose;
    public bool IsLetter => isLetter;
    public DateTimeOffset At => at;

    /// <summary>Its place among all that happened.</summary>
    public int Nth => nth;

    /// <summary>The product learned that it was taken, and had the time to write that down.</summary>
    public bool IsKnown { get; set; }

    /// <summary>It was answered.</summary>
    public required bool IsAnswered { get; init; }

    /// <summary>The life of the process that handed it over.</summary>
    public required int Life { get; init; }

    public override string ToString() =>
        $"{To} {Mail} at {At:MM-dd HH:mm} (life {Life}{(IsAnswered ? "" : ", unanswered")}) {SendId}";
}

/// <summary>Stands where the provider would, and remembers what it took. Its troubles are drawn by the story's own
/// chance.</summary>
public sealed class FaultyProvider(FaultyClock clock)
{
    private readonly ConcurrentQueue<Taken> taken = [];
    private int happened;

    public IReadOnlyCollection<Taken> All => taken;

    /// <summary>What it does with the next calls; the last one stays.</summary>
    public Trouble Now { get; set; }

    /// <summary>How long it asks to be left alone.</summary>
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Numbers what happens, in order.</summary>
    public int Next() => Interlocked.Increment(ref happened);

    /// <summary>What this life handed over so far was written down: nobody was killed meanwhile.</summary>
    public void Settle(int life)
    {
        foreach (var one in taken)
            if (one.IsAnswered && one.Life == life) one.IsKnown = true;
    }

    /// <summary>The line of one life of the process: dead, nothing goes through it any more.</summary>
    public sealed class Line(FaultyProvider provider, Life life, int n) : IMailTransport
    {
        public string Name => "faulty";
        public bool Idempotent => false;
        public TimeSpan Longest => TimeSpan.FromSeconds(30);

        public Task<DeliveryResult> Send(Message message, CancellationToken cancellation) =>
            Call([(message.Id, message.To)], message.Mail, message.Purpose, false);

        public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation) =>
            Call([.. batch.Recipients.Select(one => (one.SendId, one.To))], batch.Mail, batch.Purpose, true);

        private async Task<DeliveryResult> Call(
            IReadOnlyList<(string Id, string To)> mails, string mail, Purpose purpose, bool isLetter)
        {
            await life.DeliveryResult(before: true);
            var trouble = provider.Now;
            Take(trouble, mails, mail, purpose, isLetter);
            await life.DeliveryResult(before: false);
            return trouble switch
            {
                Trouble.None => new DeliveryResult.Accepted("taken"),
                Trouble.Busy => new DeliveryResult.Busy(provider.Wait, "busy (429)"),
                Trouble.Broken => new DeliveryResult.Unclear("HTTP 503") { Answered = true },
                _ => new DeliveryResult.Unclear("no answer"),
            };
        }

        private void Take(
            Trouble trouble, IReadOnlyList<(string Id, string To)> mails, string mail, Purpose purpose, bool isLetter)
        {
            if (trouble is not (Trouble.None or Trouble.TakenUnanswered)) return;
            life.WhileAlive(() =>
            {
                var (at, isAnswered) = (provider.Clock.GetUtcNow(), trouble == Trouble.None);
                foreach (var (id, to) in mails)
                    provider.taken.Enqueue(new(
                        id, to, mail, purpose, isLetter, at, provider.Next())
                    { IsAnswered = isAnswered, Life = n });
            });
        }
    }

    private FaultyClock Clock => clock;
}
