using System.Net;
using Automation.DurableTask.Embedded;
using Automation.Functions.Journeys;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Journeys;

public sealed class ResumeTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task Who_is_held_goes_on_at_once_when_the_journey_is_let_go()
    {
        var can = shop.Product;
        var customer = (await can.Get<CustomerStore>()
            .Find(new CustomerId(await shop.Customer("held@example.jp", "77"))))!.Value;
        var trigger = new ShopEvent
        {
            Id = "t1",
            Type = "order.fulfilled",
            At = shop.Product.Get<TimeProvider>().GetUtcNow(),
            Customer = customer.Id
        };
        var hello = can.Get<PublishedJourneys>().Latest("hello")!;
        var id = (await can.Get<Enroller>().Start(hello, trigger, customer, null)).Id!.Value;
        await shop.Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
        var waiting = (await can.Get<EnrollmentStore>().Find(id))!.Value.Until;

        await Post("pause");
        await can.Get<IJourneyOrchestrations>().Wake(id);
        await shop.Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
        // held: it looks again in a day
        Assert.NotEqual(waiting, (await can.Get<EnrollmentStore>().Find(id))!.Value.Until);

        await Post("resume");
        while (await shop.Product.Get<Tables>().AlarmQueue.ApproximateCount() > 0) await Task.Yield();
        await shop.Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
        Assert.Equal(waiting, (await can.Get<EnrollmentStore>().Find(id))!.Value.Until);
    }

    [Theory]
    [InlineData("resume hello")]
    [InlineData("held")]
    [InlineData("held abc def=|3")]
    [InlineData("wake 0123456789abcdef01234567.three.0001")]
    [InlineData("start 3 0123456789abcdef01234567.three.order~shopify=3A7")]
    public void An_alarm_is_read_as_it_was_written(string text) =>
        Assert.Equal(text,
            System.Text.Encoding.UTF8.GetString(AlarmMessage.Read(System.Text.Encoding.UTF8.GetBytes(text)).Write()));

    private async Task Post(string what)
    {
        using var answer = await shop.Api(HttpMethod.Post, $"/api/journeys/hello/{what}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
