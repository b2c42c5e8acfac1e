using System.Net;
using Automation.Functions.Journeys;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Customers;
using Automation.Marketing.Events;

namespace Automation.Functions.Tests.Journeys;

public sealed class ResumeTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task Who_is_held_goes_on_at_once_when_the_journey_is_let_go()
    {
        var can = shop.Parts.Capabilities;
        var customer = (await can.Customers.Find(new CustomerId(await shop.Customer("held@example.jp", "77"))))!.Value;
        var trigger = new ShopEvent { Id = "t1", Type = "order.fulfilled", At = shop.Parts.Time.GetUtcNow(), Customer = customer.Id };
        var id = (await can.Triggers.Start(can.Journeys.Latest("hello")!, trigger, customer, null))!.Value;
        await shop.Parts.Hub.WaitForIdleAsync();
        var waiting = (await can.Enrollments.Find(id))!.Value.Until;

        await Post("pause");
        await can.Alarms.Wake(id);
        await shop.Parts.Hub.WaitForIdleAsync();
        Assert.NotEqual(waiting, (await can.Enrollments.Find(id))!.Value.Until);   // held: it looks again in a day

        await Post("resume");
        while (await shop.Parts.Tables.AlarmQueue.ApproximateCount() > 0) await Task.Yield();
        await shop.Parts.Hub.WaitForIdleAsync();
        Assert.Equal(waiting, (await can.Enrollments.Find(id))!.Value.Until);
    }

    [Theory]
    [InlineData("resume hello")]
    [InlineData("held")]
    [InlineData("held abc def=|3")]
    [InlineData("wake 0123456789abcdef01234567.three.0001")]
    [InlineData("start 3 0123456789abcdef01234567.three.order~shopify=3A7")]
    public void An_alarm_is_read_as_it_was_written(string text) =>
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(AlarmMessage.Read(System.Text.Encoding.UTF8.GetBytes(text)).Write()));

    private async Task Post(string what)
    {
        using var answer = await shop.Api(HttpMethod.Post, $"/api/journeys/hello/{what}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
