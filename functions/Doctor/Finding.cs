namespace Automation.Functions.Doctor;

/// <summary>How something stands.</summary>
public enum Grade
{
    /// <summary>As it should be, or nobody's business here.</summary>
    Ok,

    /// <summary>It works, and a person should know.</summary>
    Warn,

    /// <summary>It does not work, or will not.</summary>
    Wrong,
}

/// <summary>What was found of one thing that was looked at.</summary>
/// <param name="What">What was looked at, in a word: <c>SendGrid key</c>, <c>DMARC</c>.</param>
/// <param name="Says">How it stands.</param>
/// <param name="Remedy">What to do; null only where nothing is to be done.</param>
public sealed record Finding(string What, Grade Grade, string Says, string? Remedy = null)
{
    public static Finding Ok(string what, string says) => new(what, Grade.Ok, says);
    public static Finding Warn(string what, string says, string remedy) => new(what, Grade.Warn, says, remedy);
    public static Finding Wrong(string what, string says, string remedy) => new(what, Grade.Wrong, says, remedy);
}
