using System.Net;
using Automation.Storage.Azure;
using Azure.Core;

namespace Automation.Storage.Tests.Azure;

/// <summary>How an account is named in the configuration, and what is sent where it is reached with a token.</summary>
public sealed class Accounts
{
    private const string Key = "a2V5";

    [Theory]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=myshop;AccountKey={Key};EndpointSuffix=core.windows.net",
        "https://myshop.table.core.windows.net/", "https://myshop.queue.core.windows.net/")]
    [InlineData(
        $"AccountName=myshop;AccountKey="
        + $"{Key};TableEndpoint=http://localhost:1/myshop;QueueEndpoint=http://localhost:2/myshop/;",
        "http://localhost:1/myshop/", "http://localhost:2/myshop/")]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1/",
        "http://127.0.0.1:10001/devstoreaccount1/")]
    public async Task An_account_and_its_key_lead_to_its_addresses(string text, string tables, string queues)
    {
        using var network = new Faults(new Nothing());
        await Ask(new AzureStorage(text, network.Options()));
        Assert.All([tables, queues], address => Assert.Contains(
            network.Seen, request => request.RequestUri!.AbsoluteUri.StartsWith(address, StringComparison.Ordinal)));
        Assert.All(network.Seen,
            request => Assert.StartsWith("SharedKey", request.Headers.Authorization!.Scheme, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AccountKey=c2VjcmV0")]
    [InlineData("AccountName=myshop")]
    [InlineData("AccountName=myshop;AccountKey=secret!")]
    [InlineData("AccountName=myshop;AccountKey=c2VjcmV0;TableEndpoint=nowhere")]
    [InlineData("c2VjcmV0")]
    public void A_connection_string_that_lacks_something_is_refused_without_the_key(string text)
    {
        var refused = Assert.Throws<ArgumentException>(() => new AzureStorage(text));
        Assert.Contains("AccountName", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My-Shop")]
    [InlineData("evil.example/")]
    [InlineData("")]
    public void A_name_that_no_account_can_have_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new AzureStorage(name, new Token()));

    [Fact]
    public async Task With_Entra_ID_a_token_for_storage_is_sent_to_the_accounts_addresses()
    {
        using var network = new Faults(new Nothing());
        var token = new Token();
        await Ask(new AzureStorage("myshop", token, network.Options()));
        Assert.Equal(["myshop.table.core.windows.net", "myshop.queue.core.windows.net"],
            network.Seen.Select(request => request.RequestUri!.Host));
        Assert.All(network.Seen, request => Assert.Equal("Bearer entra", request.Headers.Authorization!.ToString()));
        Assert.All(token.Scopes, scope => Assert.Equal("https://storage.azure.com/.default", scope));
    }

    private static async Task Ask(AzureStorage account)
    {
        Assert.Null(await account.Tables.GetTable("sends").Find("a", "b"));
        await Assert.ThrowsAsync<global::Azure.RequestFailedException>(
            () => account.Queues.GetQueue("orders").ApproximateCount());
    }

    private sealed class Nothing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(new HttpResponseMessage(HttpStatusCode
                    .NotFound)
                { Content = new StringContent("""{"odata.error":{"code":"ResourceNotFound"}}""") });
    }

    private sealed class Token : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new("entra", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext,
            CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
