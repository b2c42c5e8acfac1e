using System.Diagnostics;
using System.Net;
using MimeKit;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>Tests that measure time against a limit: nothing of this project runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}

[Collection(Alone.Name)]
public sealed class OrderToMailTests
{
    [Fact]
    public async Task The_signed_order_of_Shopifys_own_sample_brings_the_thank_you_into_the_outbox_within_two_seconds()
    {
        await using var product = new ProductProcess([]);
        await product.Start();
        var body = await File.ReadAllBytesAsync(Path.Combine(
            AppContext.BaseDirectory, "fixtures", "shopify", "signed_orders_create.body.json"));
        var watch = Stopwatch.StartNew();
        using var answer = await product.Http.SendAsync(ShopifyOrder.Signed(
            "orders/create", body, "98880550-7158-44d4-b7cd-2c97c8a091b5"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var mail = await product.Until(() => Task.FromResult(
            Directory.Exists(product.Outbox) ? Directory.GetFiles(product.Outbox, "*.eml").FirstOrDefault() : null),
            TimeSpan.FromSeconds(10), "a mail in the outbox");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"it took {watch.Elapsed.TotalSeconds:n1} s");
        Assert.Equal("jon@example.com", $"{(await MimeMessage.LoadAsync(mail)).To}");
    }

    [Fact]
    public async Task The_same_webhook_twice_is_one_order_and_one_mail()
    {
        await using var product = new ProductProcess([]);
        await product.Start();
        var at = DateTimeOffset.UtcNow;
        foreach (var topic in (string[])["orders/create", "orders/create", "orders/paid", "orders/updated"])
        {
            using var answer = await product.Http.SendAsync(ShopifyOrder.Created(1, at, topic: topic));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
        await product.Until(async () => await product.List("/api/sends") is { Count: > 0 } sends
            && sends.All(s => s.Text("state") == "accepted") ? sends : null,
            TimeSpan.FromSeconds(10), "the thank-you is sent");
        await product.Until(async () => (await product.Get("/health/ready")).GetProperty("waiting").GetInt32() == 0
            ? product : null, TimeSpan.FromSeconds(10), "the queue is empty");
        Assert.Single(Directory.GetFiles(product.Outbox, "*.eml"));
        var customer = Assert.Single(await product.List("/api/customers?email=customer1@example.jp"));
        Assert.Equal(1, customer.GetProperty("orders").GetProperty("count").GetInt32());
    }
}
