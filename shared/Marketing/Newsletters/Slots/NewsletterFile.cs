namespace Automation.Marketing.Newsletters.Slots;

/// <summary>A newsletter as written.</summary>
public sealed record NewsletterFile(string Id, string File, string Source, Newsletter Newsletter);
