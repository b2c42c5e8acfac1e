using Automation.Marketing.Insights;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Tests.Line;

public sealed class LineFiguresTests
{
    private const string Walk = "0123456789abcdef01234567.hello.0001";

    private static Send Sent(string channel, string reason) => new()
    {
        Id = "a",
        Customer = new("0123456789abcdef01234567"),
        Channel = channel,
        Mail = "hello",
        Purpose = Purpose.Marketing,
        For = reason,
        State = SendState.Accepted,
        At = DateTimeOffset.UnixEpoch,
    };

    [Theory]
    [InlineData("email", $"{Walk}@3", "journey|hello|step|3|hello|", "hello")]
    [InlineData("line", $"{Walk}@3", "journey|hello|step|3|line:hello|", "line:hello")]
    [InlineData("line", $"{Walk}@3#line", "journey|hello|step|3|line:hello|", "line:hello")]
    [InlineData("line", $"{Walk}@3~2#line", "journey|hello|step|3|line:hello|", "line:hello")]
    public void Mail_and_LINE_of_a_step_are_counted_each_for_itself(
        string channel, string reason, string prefix, string mail)
    {
        var place = SendPlace.Of(Sent(channel, reason))!;
        Assert.Equal(prefix, place.Prefix);
        Assert.Equal(mail, place.Mail);
        Assert.Equal("3", place.Cursor);
    }

    [Fact]
    public void Both_ways_of_a_step_have_rows_of_their_own_and_one_reason()
    {
        var customer = new CustomerId("0123456789abcdef01234567");
        Assert.NotEqual(Ledger.Id(customer, "a@3"), Ledger.Id(customer, Ledger.OnLine("a@3")));
        Assert.Equal("a@3", Ledger.Shared(Ledger.OnLine("a@3")));
        Assert.Equal("a@3", Ledger.Shared("a@3"));
    }
}
