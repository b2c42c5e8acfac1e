using Automation.Marketing.Mails;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>Reads shop/pictures. What is not a picture, or takes a phone too long, is a problem.</summary>
internal static class PictureFolder
{
    /// <summary>The pictures that are right, by name.</summary>
    public static Dictionary<string, byte[]> Read(string root, List<Problem> problems)
    {
        var pictures = new Dictionary<string, byte[]>();
        foreach (var file in ShopFolder.Files(root, "pictures", "*", SearchOption.TopDirectoryOnly))
        {
            var name = Path.GetFileName(file);
            if (PublishedPictures.TypeOf(name) is not { } type || ShopFolder.Bytes(file, problems) is not { } bytes)
                continue;
            if (MailPictures.Own(ShopPictures.Folder + name) is null)
                problems.Add(new(
                    file, 1, 1, "a picture's name holds letters, digits, \"-\", \"_\" and \".\" only",
                    string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'))));
            else if (name.Length > PublishedPictures.LongestName)
                problems.Add(new(
                    file, 1, 1, $"a picture's name has at most {PublishedPictures.LongestName} characters"));
            else if (bytes.Length > PublishedPictures.Largest)
                problems.Add(new(file, 1, 1,
                    $"a picture has at most {PublishedPictures.Largest / 1000} KB; here are {bytes.Length / 1000}"));
            else if (TypeOf(bytes) is not { } found || found != type)
                problems.Add(new(file, 1, 1, $"this is not {type}, as its name says", TypeOf(bytes)));
            else pictures[name] = bytes;
        }
        return pictures;
    }

    /// <summary>By how files of each kind begin.</summary>
    private static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47]) ? "image/png"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? "image/jpeg"
        : bytes.StartsWith("GIF8"u8) ? "image/gif"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;
}
