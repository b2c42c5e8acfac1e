namespace Automation.Marketing;

/// <summary>Why we write: about the purchase itself, or to win the next one (which wants consent).</summary>
public enum Purpose { Transactional, Marketing }
