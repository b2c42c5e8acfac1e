using Automation.Console.Letters;
using Automation.Functions.Http;

namespace Automation.Functions.Console.Letters;

/// <summary>The document of a preview's frame, with a policy of its own.</summary>
public sealed class PreviewAnswer(string html) : Html(StatusCodes.Status200OK, html, PreviewDocument.Policy);
