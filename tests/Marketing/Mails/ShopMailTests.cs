using System.Runtime.CompilerServices;
using Automation.Marketing.Mails;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Tests.Mails;

/// <summary>The mails of the shop that comes with the product.</summary>
public class ShopMailTests
{
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(
        Folder(), "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder(), file)[..^3])];

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../shop/mails"));

    private static readonly ShopSettings Shop = ShopFolder.Read(Path.GetDirectoryName(Folder())!).Imagined!;

    [Theory, MemberData(nameof(Names))]
    public void Every_mail_can_be_rendered_for_everybody(string name)
    {
        var (source, problems) = MailSource.Parse(name, File.ReadAllText(Path.Combine(Folder(), $"{name}.md")));
        Assert.Empty(problems);
        Assert.Empty(MailCheck.Check(source!, Shop, Sample.All(Shop, Mail.Now,
            new(Order: !name.StartsWith("win-back", StringComparison.Ordinal))), source!.Purpose ?? Purpose.Marketing));
    }
}
