using System.Net;
using System.Text.Json;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Hosting;

public sealed class PatchTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task A_change_by_the_api_is_made_and_leaves_a_row_in_the_audit()
    {
        var id = await shop.Customer("patched@example.jp", "6101");
        using var answer = await shop.Api(
            HttpMethod.Patch, $"/api/customers/{id}", """{"addTags":["VIP"],"language":"en"}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var customer = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("en", customer.RootElement.GetProperty("language").GetString());
        Assert.Contains(
            "VIP", customer.RootElement.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        using var audit = await shop.Api(HttpMethod.Get, "/api/audit");
        Assert.Contains(
            "\"what\":\"PatchCustomer\"", await audit.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_change_with_a_mistake_nothing_is_done()
    {
        var id = await shop.Customer("unpatched@example.jp", "6102");
        using var answer = await shop.Api(
            HttpMethod.Patch, $"/api/customers/{id}", """{"addTags":["VIP"],"timeZone":"Asia/Tokio"}""");
        using var consent = await shop.Api(
            HttpMethod.Patch, $"/api/customers/{id}", """{"consent":{"email":"given"}}""");
        using var nobody = await shop.Api(
            HttpMethod.Patch, $"/api/customers/{CustomerId.New(DateTimeOffset.UtcNow)}", """{"addTags":["VIP"]}""");

        Assert.Equal(
            [422, 422, 404], [(int)answer.StatusCode, (int)consent.StatusCode, (int)nobody.StatusCode]);
        using var looked = await shop.Api(HttpMethod.Get, $"/api/customers/{id}");
        Assert.DoesNotContain("VIP", await looked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
