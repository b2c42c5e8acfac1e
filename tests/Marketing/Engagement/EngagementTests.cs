using Automation.Marketing.Engagement;
using Automation.Marketing.Sending;
using FsCheck;
using FsCheck.Fluent;

namespace Automation.Marketing.Tests.Engagement;

public sealed class EngagementTests
{
    internal static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    internal static readonly EngagementRecord Nothing = new() { Mail = "welcome", For = "e@0" };
    internal static DateTimeOffset At(int seconds) => Noon.AddSeconds(seconds);
    internal static EngagementRecord Fold(params IEnumerable<MailEvent> events) =>
        events.Aggregate(Nothing, Engagements.After);

    private static readonly Gen<MailEvent> AnyEvent =
        from kind in Gen.Choose(0, 12)
        from seconds in Gen.Choose(0, 30)
        from word in Gen.Elements("a", "b", "c")
        from link in Gen.Choose(0, 40)
        let at = At(seconds)
        select kind switch
        {
            0 => new MailEvent.Processed(at),
            1 => new MailEvent.Delivered(at),
            2 => new MailEvent.Deferred(at, word),
            3 => new MailEvent.HardBounced(at, word),
            4 => new MailEvent.SoftBounced(at, word, word == "a" ? null : word),
            5 => new MailEvent.Dropped(at, word),
            6 => new MailEvent.Opened(at, word == "a"),
            7 => new MailEvent.Complained(at),
            8 => new MailEvent.Unsubscribed(at),
            9 => new MailEvent.Resubscribed(at),
            _ => (MailEvent)new MailEvent.Clicked(at, $"https://shop.example/{link}?by={word}", word == "c"),
        };

    private static readonly Arbitrary<(MailEvent[] Events, int Luck)> Stories =
        (from count in Gen.Choose(0, 120)
         from events in AnyEvent.ArrayOf(count)
         from luck in Gen.Choose(0, int.MaxValue - 1)
         select (events, luck)).ToArbitrary();

    [Fact]
    public void The_same_events_in_any_order_and_any_number_of_times_are_the_same_story() =>
        Prop.ForAll(Stories, story =>
        {
            var random = new Random(story.Luck);
            var once = Fold(story.Events);
            MailEvent[] again = [.. story.Events, .. story.Events.Where(_ => random.Next(2) == 0)];
            random.Shuffle(again);
            var shuffled = Fold(again);
            Assert.Equal(Text(once), Text(shuffled));
            Assert.Same(shuffled, again.Aggregate(shuffled, Engagements.After));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static string Text(EngagementRecord record) =>
        Documents.Text(Documents.Entity("p", "g|r", record, EngagementJson.Record));

    [Fact]
    public void A_story_is_read_as_it_was_written()
    {
        var story = Fold(new MailEvent.Delivered(At(0)), new MailEvent.Clicked(At(60), "https://shop.example/茶", false),
            new MailEvent.SoftBounced(At(1), "full", "Content"));
        var row = Documents.Entity("p", "g|r", story, EngagementJson.Record);
        Assert.Equal(Text(story), Text(Documents.Read(row, EngagementJson.Record).Value));
        Assert.Contains("\"clickedAt\":\"2026-11-22T12:01:00+00:00\"", Documents.Text(row), StringComparison.Ordinal);
        Assert.Contains("\"at\":\"2026-11-22T12:00:00+00:00\"", Documents.Text(row), StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_who_clicks_later_is_heard_although_a_scanner_clicked_first()
    {
        var scanned = Fold(
            new MailEvent.Delivered(At(0)), new MailEvent.Clicked(At(1), "https://shop.example/a", false));
        Assert.Null(scanned.ClickedAt);
        Assert.Equal(
            At(90), scanned.After(new MailEvent.Clicked(At(90), "https://shop.example/a?x=1", false)).ClickedAt);
    }

    [Fact]
    public void Somebody_who_follows_every_link_within_a_second_is_a_program()
    {
        var followed = Fold(new MailEvent.Delivered(At(0)), new MailEvent.Clicked(
            At(30), "https://shop.example/a", false), new MailEvent.Clicked(At(31), "https://shop.example/b", false));
        Assert.Null(followed.ClickedAt);
        Assert.Equal(At(40), followed.After(new MailEvent.Clicked(At(40), "https://shop.example/b", false)).ClickedAt);
    }

    [Fact]
    public void Machines_leave_their_own_marks_and_none_of_a_persons()
    {
        var machine = Fold(
            new MailEvent.Opened(At(5), true), new MailEvent.Clicked(At(6), "https://shop.example/a", true));
        Assert.Null(machine.OpenedAt);
        Assert.Null(machine.ClickedAt);
        Assert.Equal(At(5), machine.MachineOpenedAt);
        Assert.Equal(At(6), machine.MachineClickedAt);
    }

    [Theory]
    [InlineData("SSS", true)]
    [InlineData("SS", false)]
    [InlineData("SDSDS", true)]
    [InlineData("SSDDD", false)]
    [InlineData("SSDDDS", false)]
    [InlineData("SDDSSS", true)]
    [InlineData("SSPS", true)]
    [InlineData("SSDPDPDPS", false)]
    public void Three_soft_bounces_in_five_sends_suppress_the_address(string sends, bool givenUp)
    {
        var stories = sends.Select((kind, n) => Fold(kind switch
        {
            'S' => new MailEvent.SoftBounced(At(n), "full", null),
            'D' => (MailEvent)new MailEvent.Delivered(At(n)),
            _ => new MailEvent.Processed(At(n)),
        })).ToArray();
        new Random(7).Shuffle(stories);
        Assert.Equal(givenUp, SoftBounceRule.GivesUp(stories));
    }
}
