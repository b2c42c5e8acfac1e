using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;

namespace Automation.Functions.Customers;

/// <summary>Requests under the law as <c>/api</c> shows them.</summary>
public static class RequestAnswers
{
    /// <summary>The request the route names; null where there is none.</summary>
    public static ValueTask<Request?> Request(this HttpContext http, Requests requests) =>
        Keys.CanBe(http.Route("source")) && Keys.CanBe(http.Route("id"))
            ? requests.Find(http.Route("source"), http.Route("id"))
            : default;

    public static Task NoSuchRequest(this HttpContext http) => http.Refuse(StatusCodes.Status404NotFound, "There is no such request.");

    public static void Write(this Utf8JsonWriter json, Request request)
    {
        json.WriteStartObject();
        json.WriteString("kind", request.Kind is RequestKind.ShopErasure ? "shopErasure" : "disclosure");
        json.WriteString("source", request.Source);
        json.WriteString("id", request.Id);
        if (request.Customer is { } customer) json.WriteString("customer", customer.Value);
        if (request.Shop is { } shop) json.WriteString("shop", shop);
        json.WriteString("receivedAt", request.ReceivedAt);
        json.WriteString("dueAt", request.DueAt);
        if (request.ConfirmedAt is { } confirmed) json.WriteString("confirmedAt", confirmed);
        if (request.AnsweredAt is { } answered) json.WriteString("answeredAt", answered);
        json.WriteEndObject();
    }
}
