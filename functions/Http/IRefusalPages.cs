namespace Automation.Functions.Http;

/// <summary>Where people look at refusals, they are pages; set on a request by whoever shows them.</summary>
public interface IRefusalPages
{
    Task Write(HttpContext http, Refusal refusal);
}
