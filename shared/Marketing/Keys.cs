using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Marketing;

/// <summary>Row keys from foreign text: letters, digits and <c>_ - . ~</c> stay, the rest becomes <c>=XX</c> per UTF-8
/// byte; ≤ 200 characters.</summary>
public static class Keys
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~");

    /// <summary>May it be a part of a key as it is? What somebody asks for by name and what cannot be one is not
    /// there.</summary>
    public static bool CanBe(string text) =>
        text.Length is > 0 and <= 200 && !text.AsSpan().ContainsAny(Never) && !text.Any(char.IsControl);

    private static readonly SearchValues<char> Never = SearchValues.Create("/\\#?");

    /// <summary>The first <paramref name="bytes"/> of the text's SHA-256, as small hex digits.</summary>
    public static string Hash(string text, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));

    public static string Safe(string text)
    {
        if (text.Length is > 0 and <= 200 && !text.AsSpan().ContainsAnyExcept(Plain)) return text;
        var key = new StringBuilder(text.Length + 8);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (Plain.Contains((char)b)) key.Append((char)b);
            else key.Append('=').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        if (key.Length is > 0 and <= 200) return key.ToString();
        return $"{(key.Length > 150 ? key.ToString(0, 150) : "")}=={Hash(text, 16)}";
    }

    /// <summary>The text a key was made from; null: it was too long, and only its beginning is in the key.</summary>
    public static string? Text(string key)
    {
        if (key.Contains("==", StringComparison.Ordinal)) return null;
        var bytes = new List<byte>(key.Length);
        for (var n = 0; n < key.Length; n++)
            if (key[n] != '=') bytes.Add((byte)key[n]);
            else if (n + 2 < key.Length
                && byte.TryParse(key.AsSpan(n + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out var one))
            {
                bytes.Add(one);
                n += 2;
            }
            else return null;
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>One of 256 buckets (<c>00</c>–<c>ff</c>), stable for ever: FNV-1a over the UTF-8 bytes.</summary>
    public static string Shard(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 16777619u;
        return ((hash ^ (hash >> 8) ^ (hash >> 16) ^ (hash >> 24)) & 0xff).ToString(
            "x2", System.Globalization.CultureInfo.InvariantCulture);
    }
}
