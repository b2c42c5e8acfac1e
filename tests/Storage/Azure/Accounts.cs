using System.Net;
using Automation.Storage.Azure;
using Azure.Core;

namespace Automation.Storage.Tests.Azure;

/// <summary>How an account is named in the configuration, and what is sent where it is reached with a token.</summary>
public sealed class Accounts
{
    private const string Key = "a2V5";

    [Fact]
    public void An_account_and_its_key_lead_to_the_public_cloud()
    {
        var account = AzureStorageAccount.Parse($"DefaultEndpointsProtocol=https;AccountName=myshop;AccountKey={Key};EndpointSuffix=core.windows.net");
        Assert.Equal(("myshop", "https://myshop.table.core.windows.net/", "https://myshop.queue.core.windows.net/"), (account.Name, account.Tables.AbsoluteUri, account.Queues.AbsoluteUri));
        Assert.Equal("key"u8.ToArray(), account.Key);
    }

    [Fact]
    public void Explicit_addresses_come_first()
    {
        var account = AzureStorageAccount.Parse($"AccountName=myshop;AccountKey={Key};TableEndpoint=http://localhost:1/myshop;QueueEndpoint=http://localhost:2/myshop/;");
        Assert.Equal(("http://localhost:1/myshop/", "http://localhost:2/myshop/"), (account.Tables.AbsoluteUri, account.Queues.AbsoluteUri));
    }

    [Fact]
    public void The_emulator_has_a_short_name()
    {
        var account = AzureStorageAccount.Parse("UseDevelopmentStorage=true");
        Assert.Equal(("http://127.0.0.1:10002/devstoreaccount1/", "http://127.0.0.1:10001/devstoreaccount1/"), (account.Tables.AbsoluteUri, account.Queues.AbsoluteUri));
    }

    [Theory]
    [InlineData("", "AccountName")]
    [InlineData("AccountKey=c2VjcmV0", "AccountName")]
    [InlineData("AccountName=myshop", "AccountKey")]
    [InlineData("AccountName=myshop;AccountKey=secret!", "base64")]
    [InlineData("AccountName=myshop;AccountKey=c2VjcmV0;TableEndpoint=nowhere", "nowhere")]
    [InlineData("c2VjcmV0", "Name=Value")]
    public void A_connection_string_that_lacks_something_is_refused_with_its_name_and_without_the_key(string text, string named)
    {
        var refused = Assert.Throws<ArgumentException>(() => AzureStorageAccount.Parse(text));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_does_not_get_into_a_log() =>
        Assert.DoesNotContain(Key, AzureStorageAccount.Parse($"AccountName=myshop;AccountKey={Key}").ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("My-Shop")]
    [InlineData("evil.example/")]
    [InlineData("")]
    public void A_name_that_no_account_can_have_is_refused(string name) => Assert.Throws<ArgumentException>(() => new AzureTableService(name, new Token()));

    [Fact]
    public async Task With_Entra_ID_a_token_for_storage_is_sent_to_the_accounts_addresses()
    {
        using var network = new Faults(new Nothing());
        var token = new Token();
        Assert.Null(await new AzureTableService("myshop", token, network.Options()).GetTable("sends").Find("a", "b"));
        await Assert.ThrowsAsync<global::Azure.RequestFailedException>(() => new AzureQueueService("myshop", token, network.Options()).GetQueue("orders").ApproximateCount());
        Assert.Equal(["https://myshop.table.core.windows.net/sends(PartitionKey='a',RowKey='b')", "https://myshop.queue.core.windows.net/orders?comp=metadata"], network.Seen.Select(request => request.RequestUri!.AbsoluteUri));
        Assert.All(network.Seen, request =>
        {
            Assert.Equal("Bearer entra", request.Headers.Authorization!.ToString());
            Assert.Equal("2020-12-06", Assert.Single(request.Headers.GetValues("x-ms-version")));
        });
        Assert.All(token.Scopes, scope => Assert.Equal("https://storage.azure.com/.default", scope));
    }

    private sealed class Nothing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("""{"odata.error":{"code":"ResourceNotFound"}}""") });
    }

    private sealed class Token : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new("entra", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
