using Automation.Storage.Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Automation.Storage.Tests.Azure;

/// <summary>What is signed, letter by letter as Microsoft's documentation has it; that it is signed right, Azurite says in every other test.</summary>
public sealed class Signatures
{
    private const string Date = "Sun, 11 Oct 2009 19:52:39 GMT";

    private static Request Request(RequestMethod method, string address, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var request = HttpPipelineBuilder.Build(new AzureStorageOptions()).CreateRequest();
        request.Method = method;
        request.Uri.Reset(new Uri(address));
        foreach (var (name, value) in headers.Append(("x-ms-date", Date))) request.Headers.SetValue(name, value);
        if (body is not null) request.Content = RequestContent.Create(body);
        return request;
    }

    [Fact]
    public void A_table_request_signs_date_and_resource() =>
        Assert.Equal($"{Date}\n/testaccount1/Tables", SharedKey.TableStringToSign(Request(RequestMethod.Post, "https://testaccount1.table.core.windows.net/Tables"), "testaccount1"));

    [Fact]
    public void A_table_query_is_not_signed_and_keys_are_signed_as_they_are_sent() =>
        Assert.Equal(
            $"{Date}\n/devstoreaccount1/devstoreaccount1/sends(PartitionKey='a%27%27b',RowKey='%E4%BD%90%20%2F')",
            SharedKey.TableStringToSign(Request(RequestMethod.Get, "http://127.0.0.1:10002/devstoreaccount1/sends(PartitionKey='a%27%27b',RowKey='%E4%BD%90%20%2F')?$top=3"), "devstoreaccount1"));

    [Fact]
    public void A_queue_request_signs_everything() =>
        Assert.Equal(
            $"POST\n\n\n5\n\napplication/xml\n\n\n\n\n\n\nx-ms-client-request-id:7\nx-ms-date:{Date}\nx-ms-version:2020-12-06\n/testaccount1/orders/messages\nmessagettl:-1\nvisibilitytimeout:0",
            SharedKey.QueueStringToSign(
                Request(RequestMethod.Post, "https://testaccount1.queue.core.windows.net/orders/messages?visibilitytimeout=0&messagettl=-1", new byte[5],
                    ("x-ms-version", "2020-12-06"), ("Content-Type", "application/xml"), ("x-ms-client-request-id", "7")),
                "testaccount1"));

    [Fact]
    public void A_receipt_is_signed_as_it_reads_and_not_as_it_is_escaped() =>
        Assert.Equal(
            $"DELETE\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:{Date}\n/a/q/messages/1\npopreceipt:AgA/+=",
            SharedKey.QueueStringToSign(Request(RequestMethod.Delete, "https://a.queue.core.windows.net/q/messages/1?popreceipt=AgA%2F%2B%3D"), "a"));

    /// <summary>Expected value by <c>openssl dgst -sha256 -mac HMAC</c>.</summary>
    [Fact]
    public void The_signature_is_the_base64_of_an_HMAC_SHA256() =>
        Assert.Equal("g8a+/QhZy6KQ3Bv5y0LnBm+2JoYY2psj2HH2tFPTUI0=", SharedKey.Sign(Convert.FromBase64String("a2V5"), $"{Date}\n/testaccount1/Tables"));
}
