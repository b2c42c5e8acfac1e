using Automation.Marketing.Access;

namespace Automation.Console.Look;

/// <summary>How roles are called.</summary>
public static class RoleWords
{
    public static string Name(this Role role, Language say) => role switch
    {
        Role.Operator => say["運用担当", "operator"],
        Role.Marketer => say["マーケター", "marketer"],
        _ => say["閲覧のみ", "viewer"],
    };
}
