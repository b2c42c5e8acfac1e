using System.Net;
using System.Text.Json;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Line;

public sealed class LineWebhookTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["journeys/friends.json"] = """
            { "name": "友だち", "purpose": "marketing", "trigger": { "event": "line.followed" },
              "steps": [ { "do": "update", "addTags": ["friend"] } ] }
            """,
    };

    [Fact]
    public async Task Who_follows_is_known_agreed_and_walks_the_journey_that_begins_with_it()
    {
        await using var shop = await LineShop.Open(Files);
        for (var n = 0; n < 2; n++)
        {
            using var answer = await shop.Post(LineShop.Event("follow", "01A"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        await shop.Idle();
        var customer = (await shop.Customer())!;
        Assert.Equal(ConsentState.Given, customer.Consent["line"].State);
        Assert.Equal("friend", Assert.Single(customer.Tags));
        Assert.Single(await shop.Product.Get<EnrollmentStore>().Of(customer.Id));

        using var left = await shop.Post(LineShop.Event("unfollow", "01B"));
        await shop.Idle();
        Assert.Equal(ConsentState.Withdrawn, (await shop.Customer())!.Consent["line"].State);
    }

    [Fact]
    public async Task The_door_says_little_and_what_it_took_is_on_disk()
    {
        await using var shop = await LineShop.Open(Files);
        const string check = """{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}""";
        await Answers(200, shop.Post(check));
        Assert.Equal(0, await shop.Product.Get<Tables>().OrderQueue.ApproximateCount());
        await Answers(404, shop.Post(check, channel: "other"));
        await Answers(401, shop.Post(check, secret: "8c570fa6dd201bb328f1c1eac23a96d9"));
        Assert.Contains(shop.Product.Get<Refusals>().Lately, refused =>
            refused.Source == "line:shop" && refused.Reason.Contains("Line:shop:Secret", StringComparison.Ordinal));

        // Signed, and yet nothing one can read: it is kept to be looked at.
        await Answers(200, shop.Post("{\"events\": [ broken"));
        await shop.Idle();
        using var parked = JsonDocument.Parse(
            await (await shop.Http.SendAsync(new(HttpMethod.Get, "/api/parked")
            {
                Headers = { Authorization = new("Bearer", RunningShop.Key) },
            })).Content.ReadAsStringAsync());
        Assert.Equal("line:shop", Assert.Single(parked.RootElement.GetProperty("items").EnumerateArray())
            .GetProperty("source").GetString());

        static async Task Answers(int status, Task<HttpResponseMessage> asked)
        {
            using var answer = await asked;
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Empty(status == 200 ? await answer.Content.ReadAsByteArrayAsync() : []);
        }
    }
}
