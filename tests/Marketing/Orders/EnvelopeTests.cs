using Automation.Marketing.Inbox;
using Automation.Storage;

namespace Automation.Marketing.Tests.Orders;

public sealed class EnvelopeTests
{
    private static Envelope Of(byte[] body) => new()
    {
        Source = "店",
        Topic = "orders/create",
        Delivery = "d-1",
        TriggeredAt = Fixtures.Now.AddMinutes(-1),
        ReceivedAt = Fixtures.Now,
        Body = body,
    };

    private static byte[] Random(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);
        return [.. body.Select(b => (byte)(b & 0x7F))];
    }

    [Fact]
    public async Task A_body_that_is_no_UTF8_goes_around_the_queue_which_carries_text()
    {
        await using var house = await House.Open();
        var envelopes = new Envelopes(house.Tables.OrderQueue, house.Tables.Bodies);
        byte[] body = [.. "{\"name\":\""u8, 0xE9, 0xFF, 0xC3, .. "\"}"u8];
        await envelopes.Put(Of(body));
        var message = Assert.Single(await house.Tables.OrderQueue.Receive(2, TimeSpan.FromMinutes(1)));
        Assert.True(System.Text.Unicode.Utf8.IsValid(message.Body.Span));
        Assert.Equal(body, (await envelopes.Open(message.Body))!.Body.ToArray());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(6_000, false)]
    [InlineData(QueuedMessage.LargestBody - 200, false)]
    [InlineData(QueuedMessage.LargestBody - 100, true)]
    [InlineData(QueuedMessage.LargestBody, true)]
    [InlineData(60_000, true)]
    [InlineData(900_000, true)]
    [InlineData(900_001, true)]
    [InlineData(2 * 1024 * 1024, true)]
    public async Task Whatever_its_size_a_body_comes_out_as_it_went_in(int length, bool parked)
    {
        await using var house = await House.Open();
        var envelopes = new Envelopes(house.Tables.OrderQueue, house.Tables.Bodies);
        var sent = Of(Random(length));
        await envelopes.Put(sent);
        await envelopes.Put(sent);
        Assert.Equal(parked, house.Storage.Operations.Count > 0);
        foreach (var message in await house.Tables.OrderQueue.Receive(1, TimeSpan.FromMinutes(1)))
        {
            var opened = (await envelopes.Open(message.Body))!;
            Assert.Equal(sent.Body.ToArray(), opened.Body.ToArray());
            Assert.Equal(sent with { Body = default, Parked = opened.Parked }, opened with { Body = default });
            await envelopes.Forget(opened);
            Assert.Equal(0, await House.Count(house.Tables.Bodies));
            if (parked) Assert.Null(await envelopes.Open(message.Body));
        }
    }

    [Fact]
    public async Task An_unreadable_body_is_parked_listed_and_can_be_dismissed()
    {
        await using var house = await House.Open();
        var parking = new Parking(house.Tables);
        await parking.Park(Of("{\"id\":"u8.ToArray()), "No JSON at line 1");
        await parking.Park(Of("{\"id\":"u8.ToArray()), "No JSON at line 1");
        var parked = new List<ParkedWebhook>();
        await foreach (var one in parking.List()) parked.Add(one);
        var only = Assert.Single(parked);
        Assert.Equal("店", only.Source);
        Assert.Equal("orders/create", only.Topic);
        Assert.Equal("No JSON at line 1", only.Reason);
        Assert.Equal(Fixtures.Now, only.ReceivedAt);
        Assert.Equal("{\"id\":"u8.ToArray(), await parking.Body(only.Name));
        await parking.Dismiss(only.Name);
        Assert.Equal(0, await House.Count(house.Tables.Bodies) + await House.Count(house.Tables.Attention));
    }

    [Fact]
    public void What_is_no_envelope_is_said_to_be_none()
    {
        foreach (var message in (string[])["", "{}", "{}\n", "{\"source\":\"a\"}\nx"])
            Assert.Throws<InvalidDataException>(() => Envelope.Read(System.Text.Encoding.UTF8.GetBytes(message)));
    }
}
