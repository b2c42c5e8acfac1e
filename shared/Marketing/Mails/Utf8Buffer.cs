using System.Buffers;
using System.Text;

namespace Automation.Marketing.Mails;

/// <summary>Values on their way into mails: UTF-8, one after another in one buffer that is used again.</summary>
public sealed class Utf8Buffer
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("&<>\"'`=");
    private byte[] bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => bytes.AsMemory(0, Length);
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written from here on.</summary>
    public void CutTo(int length) => Length = length;

    public void Write(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        Length += utf8.Length;
    }

    public void Write(ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));

    /// <summary>With the characters that mean something in HTML escaped, in attributes as well.</summary>
    public void WriteEscaped(ReadOnlySpan<char> text)
    {
        for (var next = text.IndexOfAny(Escaped); next >= 0; next = text.IndexOfAny(Escaped))
        {
            Write(text[..next]);
            Write(text[next] switch
            {
                '&' => "&amp;"u8,
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '"' => "&quot;"u8,
                '\'' => "&#x27;"u8,
                '`' => "&#x60;"u8,
                _ => "&#x3D;"u8,
            });
            text = text[(next + 1)..];
        }
        Write(text);
    }

    private Span<byte> Room(int most)
    {
        if (bytes.Length - Length < most) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + most));
        return bytes.AsSpan(Length);
    }
}
