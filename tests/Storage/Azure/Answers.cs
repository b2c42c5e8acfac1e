using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Automation.Storage.Azure;

namespace Automation.Storage.Tests.Azure;

/// <summary>What the service says that Azurite never says.</summary>
public sealed class Answers
{
    private static Table Table(HttpStatusCode status, string body, string type = "application/json") =>
        new AzureStorage(
            "UseDevelopmentStorage=true", new Faults(new Says(status, body, type)).Options()).Tables.GetTable("sends");

    [Theory]
    [InlineData(409, "TableBeingDeleted")]
    [InlineData(404, "TableNotFound")]
    [InlineData(403, "AuthorizationFailure")]
    [InlineData(400, "InvalidInput")]
    public async Task What_is_not_about_the_row_is_an_error_with_the_services_code(int status, string code)
    {
        var failed = await Assert.ThrowsAsync<global::Azure.RequestFailedException>(() =>
            Table((HttpStatusCode)status,
                $"{{\"odata.error\":{{\"code\":\"{code}\",\"message\":{{\"lang\":\"en-US\",\"value\":\"…\"}}}}}}").Add(
                    new("taro@example.jp", "a")));
        Assert.Equal(status, failed.Status);
        Assert.Equal(code, failed.ErrorCode);
        Assert.DoesNotContain("taro", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_written_by_other_programs_is_read()
    {
        var row = await Table(HttpStatusCode.OK, """
            {"odata.metadata":"https://x/$metadata#sends/@Element","odata.etag":"W/\"1\"","RowKey":"b",
             "whole":2.0,"number":7,"big@odata.type":"Edm.Int64","big":"9","nothing":null,"exponent":1E5,
             "PartitionKey":"a","Timestamp":"2026-04-01T09:00:00.1234567Z","quote":"\"\u3042"}
            """).Find("a", "b");
        Assert.Equal("a", row!.PartitionKey);
        Assert.Equal("b", row.RowKey);
        Assert.Equal("W/\"1\"", row.ETag.Value);
        Assert.Equal(5, row.Count);
        object[] values = [2.0, 7, 9L, 1e5, "\"あ"];
        Assert.Equal(values, row.Select(property => property.Value));
        Assert.Equal(values.Select(value => value.GetType()), row.Select(property => property.Value.GetType()));
        Assert.Equal(1234567, row.Timestamp!.Value.Ticks % TimeSpan.TicksPerSecond);
    }

    [Fact]
    public async Task A_refusal_of_the_last_of_a_hundred_actions_names_it()
    {
        var answer = await Table(HttpStatusCode.Accepted, """
            --batchresponse_1
            Content-Type: multipart/mixed; boundary=changesetresponse_1

            --changesetresponse_1
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 412 Precondition Failed
            Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8

            {"odata.error":{"code":"UpdateConditionNotSatisfied","message":{"lang":"en-US",
            "value":
            "99:The update condition specified in the request was not satisfied.\nRequestId:1\nTime:2026-04-01"}}}
            --changesetresponse_1--
            --batchresponse_1--
            """.ReplaceLineEndings("\r\n"), "multipart/mixed; boundary=batchresponse_1")
            .Submit([.. Enumerable.Range(0, 100).Select(i =>
                new RowAction(RowActionKind.UpdateMerge, new("a", $"{i}"), new("W/\"1\"")))]);
        Assert.Equal(412, answer.Status);
        Assert.Equal(99, answer.FailedAction);
    }

    [Fact]
    public async Task A_message_somebody_put_by_hand_is_read_as_it_is()
    {
        var says = new Says(HttpStatusCode.OK, """
            <?xml version="1.0" encoding="utf-8"?><QueueMessagesList>
              <QueueMessage><MessageId>1</MessageId>
                <InsertionTime>Fri, 09 Oct 2009 21:04:30 GMT</InsertionTime>
                <ExpirationTime>Fri, 31 Dec 9999 23:59:59 GMT</ExpirationTime>
                <PopReceipt>a+b=</PopReceipt><TimeNextVisible>Fri, 09 Oct 2009 23:29:20 GMT</TimeNextVisible>
                <DequeueCount>3</DequeueCount><MessageText>{"id": 1 &amp; more}</MessageText></QueueMessage>
              <QueueMessage><MessageId>2</MessageId>
                <InsertionTime>Fri, 09 Oct 2009 21:04:31 GMT</InsertionTime>
                <ExpirationTime>Fri, 31 Dec 9999 23:59:59 GMT</ExpirationTime>
                <PopReceipt>c</PopReceipt><TimeNextVisible>Fri, 09 Oct 2009 23:29:20 GMT</TimeNextVisible>
                <DequeueCount>1</DequeueCount><MessageText>44GC</MessageText></QueueMessage>
            </QueueMessagesList>
            """, "application/xml");
        var queue = new AzureStorage(
            "UseDevelopmentStorage=true", new Faults(says).Options()).Queues.GetQueue("orders");
        var messages = await queue.Receive(2, TimeSpan.FromSeconds(30));
        Assert.Equal([("1", "a+b=", 3L, "{\"id\": 1 & more}"), ("2", "c", 1L, "あ")],
            messages.Select(m => (m.Id, m.Receipt, m.DequeueCount, Encoding.UTF8.GetString(m.Body.Span))));
        Assert.Equal(new DateTimeOffset(2009, 10, 9, 21, 4, 30, TimeSpan.Zero), messages[0].InsertedOn);
    }

    private sealed class Says(HttpStatusCode status, string body, string type) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(new HttpResponseMessage(status)
                {
                    Content = new StringContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } }
                });
    }
}
