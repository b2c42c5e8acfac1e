using System.Buffers;

namespace Automation.Marketing.Sending;

/// <summary>An address and the name shown beside it.</summary>
public sealed record Mailbox(string Address, string? Name = null)
{
    private static readonly SearchValues<char> Never = SearchValues.Create(
        [.. " ,;:<>()[]\"\\\u007f", .. Enumerable.Range(0, 32).Select(c => (char)c)]);

    /// <summary>Something one may put into a header: one @, no spaces, brackets, commas or control characters, at most
    /// 254 characters.</summary>
    public static bool IsAddress(string text) =>
        text.Length is > 2 and <= 254 && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at == text.LastIndexOf('@') && at < text.Length - 1
        && !text.AsSpan().ContainsAny(Never);

    public string Domain => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];
}
