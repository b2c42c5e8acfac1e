using System.Net;
using Automation.Functions.Doctor;
using Automation.Functions.Hosting;
using Automation.Marketing.Intake;

namespace Automation.Functions.Connecting;

/// <summary>One source and the webhooks that its platform is to post: looks what is there, does what is missing, looks
/// again until it is there. Run twice it does nothing the second time; cut short anywhere, run again, it does the
/// rest.</summary>
/// <param name="wanted">What is listened to.</param>
public sealed class Connection(
    IReadOnlyList<WantedWebhook> wanted, ConfiguredSource source, PlatformAdmin admin, string address,
    TimeProvider wall)
{
    /// <summary>Looks at most so often: after an answer that was lost it is looked at again what became of
    /// it.</summary>
    private const int Rounds = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, string> done = [];
    private readonly Dictionary<string, RefusedException> refused = [];

    /// <summary>A finding for each topic. RefusedException where the platform does not let us look at all,
    /// UnclearException where it does not answer.</summary>
    /// <param name="dryRun">Only looks, and says what would be done.</param>
    public async Task<IReadOnlyList<Finding>> Run(bool dryRun, CancellationToken cancellation)
    {
        var missing = await Repeat(() => admin.MissingScopes(wanted, cancellation), cancellation);
        for (var round = 1; ; round++)
        {
            var there = await Repeat(() => admin.List(cancellation), cancellation);
            var acts = ConnectPlan.Of(wanted, there, address);
            var open = acts.Where(act => act is not ConnectAct.Keep && !refused.ContainsKey(act.Topic)).ToList();
            if (dryRun || open.Count == 0 || round == Rounds)
                return [.. acts.Select(act => Found(act, missing, dryRun))];
            if (!await Make(open, cancellation)) await Task.Delay(Pause, wall, cancellation);
        }
    }

    /// <summary>False: of one nobody knows whether it was done; the rest waits until that was looked at.</summary>
    private async Task<bool> Make(IReadOnlyList<ConnectAct> acts, CancellationToken cancellation)
    {
        foreach (var act in acts)
        {
            try
            {
                if (act is ConnectAct.Add) await admin.Add(act.Wanted, address, cancellation);
                if (act is ConnectAct.Mend mend) await admin.Mend(mend, address, cancellation);
                done[act.Topic] = Did(act);
            }
            catch (RefusedException no)
            {
                refused[act.Topic] = no;
            }
            catch (UnclearException)
            {
                done[act.Topic] = Did(act);
                return false;
            }
        }
        return true;
    }

    private static string Did(ConnectAct act) => act is ConnectAct.Mend mend ? $"mended: {mend.Why}" : "registered";

    private async Task<T> Repeat<T>(Func<Task<T>> look, CancellationToken cancellation)
    {
        for (var n = 1; ; n++)
        {
            try
            {
                return await look();
            }
            catch (UnclearException) when (n < Rounds)
            {
                await Task.Delay(Pause, wall, cancellation);
            }
        }
    }

    private Finding Found(ConnectAct act, IReadOnlyList<string> missing, bool dryRun)
    {
        var one = act.Wanted;
        if (act is ConnectAct.Keep) return Finding.Ok(act.Topic, done.GetValueOrDefault(act.Topic, "is there"));
        var lost = one.Without is { } without ? $": {without}" : "";
        var grade = one.Without is null ? Grade.Wrong : Grade.Warn;
        var scope = one.Scope is { } needed && missing.Contains(needed) ? $" It needs the scope {needed}." : "";
        if (refused.TryGetValue(act.Topic, out var no))
            return new(act.Topic, grade, $"refused{lost}: {no.Message}", $"{no.Remedy}{scope}");
        var would = act is ConnectAct.Mend mend ? $"is not right, {mend.Why}" : "is missing";
        return new(act.Topic, grade, $"{would}{lost}", dryRun
            ? $"connect {source.Platform} puts it right.{scope}"
            : $"It was asked for, and is not there: run it again.{scope}");
    }

    /// <summary>Posts a signed webhook that means nothing to the address, as the platform would.</summary>
    public static async Task<Finding> Try(
        string address, SourceSettings source, Asking asking, CancellationToken cancellation)
    {
        const string what = "address";
        try
        {
            var answer = await asking.Ask(TestWebhook.To(new Uri(address), source), cancellation);
            return answer.Status switch
            {
                HttpStatusCode.OK or HttpStatusCode.Accepted =>
                    Finding.Ok(what, $"{address} takes what is signed with Sources:{source.Name}:Secret"),
                HttpStatusCode.Unauthorized => Finding.Wrong(
                    what, $"{address} refuses the signature", "The program there has another secret: restart it."),
                HttpStatusCode.NotFound => Finding.Wrong(
                    what, $"{address} does not know the source", $"Configure Sources:{source.Name} there, restart it."),
                _ => Finding.Wrong(
                    what, $"{address} answers {answer.Code}", "Does Site:PublicUrl lead to this program?"),
            };
        }
        catch (HttpRequestException silent)
        {
            return Finding.Wrong(what, $"{address} cannot be reached from here: {silent.Message}",
                "Does the program run, and does Site:PublicUrl lead to it?");
        }
    }
}
