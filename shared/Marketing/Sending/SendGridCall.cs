using SendGrid;

namespace Automation.Marketing.Sending;

/// <summary>One <c>POST /v3/mail/send</c> by SendGrid's own client, which knows the address, the key and the headers.
/// Two things it leaves open are ours: the body is ready as UTF-8, and an answer counts as soon as its status is read,
/// whatever becomes of the rest.</summary>
internal sealed class SendGridCall(HttpClient http, SendGridClientOptions account, SendGridBody body)
    : SendGridClient(http, account)
{
    private readonly HttpClient http = http;

    public Task<Response> Post(CancellationToken cancellation) =>
        RequestAsync(Method.POST, urlPath: "mail/send", cancellationToken: cancellation);

    public override async Task<Response> MakeRequest(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content = body;
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new Response(answer.StatusCode, answer.Content, answer.Headers);
    }
}
