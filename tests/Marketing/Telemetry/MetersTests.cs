using System.Diagnostics;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Tests.Telemetry;

public sealed class MetersTests
{
    [Theory]
    [InlineData("consent: unknown", "consent")]
    [InlineData("suppressed: bounced", "suppressed")]
    [InlineData("550 no such mailbox taro@example.jp", "provider")]
    [InlineData(null, "provider")]
    public void A_reason_is_told_by_its_class_never_in_the_providers_words(string? reason, string expected) =>
        Assert.Equal(expected, Meters.Class(reason));

    [Fact]
    public void While_nobody_listens_nothing_is_allocated()
    {
        var send = new Send
        {
            Id = "s",
            Customer = new("0123456789abcdef01234567"),
            Mail = "m",
            Purpose = Purpose.Marketing,
            For = "f",
            State = SendState.Refused,
            Reason = "consent: unknown",
            At = default
        };
        Measure();
        Assert.Equal(0, Measure());

        long Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var n = 0; n < 1000; n++)
            {
                Meters.Webhook("shop", "accepted");
                Meters.Order("shop");
                Meters.Waited("orders", DateTimeOffset.UnixEpoch, TimeProvider.System);
                SendMeters.Settled(send);
                Meters.Thanked("welcome", TimeSpan.FromSeconds(1));
                using var span = Tracing.Within("send", ActivityKind.Client);
                using var round = RoundTrace.Open();
                if (Tracing.Here is not null || Tracing.Arrive("door", null) is not null || Tracing.CarryOn("intake",
                    ActivityKind.Consumer, null) is not null) throw new InvalidOperationException("Somebody listens.");
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
