using Automation.DurableTask.Wire;
using FsCheck;
using FsCheck.Fluent;
using static Automation.DurableTask.Tests.History;

namespace Automation.DurableTask.Tests;

/// <summary>However a history is cut into what was and what is new, the answer is the same.</summary>
public class ReplayProperties
{
    /// <summary>An orchestrator that uses everything, steered by what it hears.</summary>
    static async Task<int> Wander(TaskOrchestrationContext context, int input)
    {
        var heard = input;
        for (var step = 0; step < 40; step++)
        {
            context.SetCustomStatus($"{step}: {heard} {context.NewGuid()}");
            using var done = new CancellationTokenSource();
            switch (heard % 6)
            {
                case 0: heard += await context.CallActivityAsync<int>("Step", heard); break;
                case 1: heard += (await Task.WhenAll(context.CallActivityAsync<int>("A"), context.CallActivityAsync<int>("B"))).Sum(); break;
                case 2:
                    var tick = context.WaitForExternalEvent<int>("Tick", done.Token);
                    var timer = context.CreateTimer(TimeSpan.FromDays(4), done.Token);
                    heard += await Task.WhenAny(tick, timer) == tick ? await tick : 1;
                    done.Cancel();
                    break;
                case 3:
                    try
                    {
                        heard += await context.CallActivityAsync<int>("Risky", null, TaskOptions.FromRetryPolicy(new(2, TimeSpan.FromSeconds(1))));
                    }
                    catch (TaskFailedException)
                    {
                        heard++;
                    }
                    break;
                case 4: heard += await context.CallSubOrchestratorAsync<int>("Child", heard); break;
                default: context.SendEvent("other", "Hello", heard++); break;
            }
            if (heard > 30) context.ContinueAsNew(heard);
            if (heard > 30) return heard;
        }
        return heard;
    }

    static readonly DurableTaskRegistry registry = new DurableTaskRegistry().AddOrchestratorFunc<int, int>("Wander", Wander);

    static HistoryEvent Happening(int what, int id, int value) => what switch
    {
        0 or 1 or 2 => Completed(id, $"{value}"),
        3 => Fired(id),
        4 => History.Failed(id),
        5 => ChildCompleted(id, $"{value}"),
        6 or 7 => Raised(value % 2 == 0 ? "tick" : "Tick", $"{value}"),
        8 => Suspended,
        9 or 10 => Resumed,
        _ => value == 9 && id == 9 ? Terminated : Completed(id, $"{value}"),
    };

    static readonly Gen<int[][]> turns =
        Gen.Choose(0, 11).SelectMany(what => Gen.Choose(0, 12).SelectMany(id => Gen.Choose(0, 9).Select(value => new[] { what, id, value }))).ArrayOf(40);

    [Fact]
    public void Playing_turn_by_turn_and_all_at_once_is_the_same() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(turns.ToArbitrary(), happenings =>
        {
            var history = new History(registry, "Wander", $"{happenings[0][2]}");
            foreach (var turn in happenings.Chunk(3))
            {
                var said = history.TurnAfter(TimeSpan.FromHours(30), [.. turn.Select(h => Happening(h[0], h[1], h[2]))]);
                var all = history.LastRequest.PastEvents.Concat(history.LastRequest.NewEvents).ToArray();
                foreach (var cut in new[] { 0, all.Length / 2, all.Length })
                {
                    var request = new OrchestratorRequest { InstanceId = "inst-1", PastEvents = { all[..cut] }, NewEvents = { all[cut..] } };
                    Assert.Equal(said, Said.In(new OrchestrationExecutor(registry, DataConverter.Default).Execute(request)));
                }
                Assert.DoesNotContain("NonDeterministic", said, StringComparison.Ordinal);
                if (history.LastResponse.Actions is [.., { CompleteOrchestration: not null }]) break;
            }
        }));

    [Fact]
    public void The_wanderer_gets_around()
    {
        var history = new History(registry, "Wander", "0");
        Assert.StartsWith("#0 activity Step", history.Turn(), StringComparison.Ordinal);
        Assert.StartsWith("#1 activity A", history.Turn(Completed(0, "1")), StringComparison.Ordinal);
        Assert.StartsWith("#3 timer", history.Turn(Completed(1, "0"), Completed(2, "1")), StringComparison.Ordinal);
        Assert.StartsWith("#4 activity Risky", history.Turn(Raised("tick", "1")), StringComparison.Ordinal);
        Assert.StartsWith("#5 timer", history.Turn(History.Failed(4)), StringComparison.Ordinal);
        Assert.StartsWith("#6 activity Risky", history.Turn(Fired(5)), StringComparison.Ordinal);
        Assert.StartsWith("#7 child", history.Turn(History.Failed(6)), StringComparison.Ordinal);
        Assert.StartsWith("#8 event to other Hello 5\n#9 activity Step", history.Turn(ChildCompleted(7, "1")), StringComparison.Ordinal);
        Assert.StartsWith("#10 ContinuedAsNew 36", history.Turn(Completed(9, "30")), StringComparison.Ordinal);
    }
}
