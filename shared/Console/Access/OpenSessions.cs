using Automation.Marketing.Access;

namespace Automation.Console.Access;

/// <summary>One session.</summary>
/// <param name="IsThis">It is the one the page is seen with.</param>
public sealed record SessionLine(OpenSession Session, bool IsThis);
