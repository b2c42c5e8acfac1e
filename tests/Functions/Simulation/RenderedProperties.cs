using Automation.Functions.Simulation;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Tests.Simulation;

/// <summary>Whatever somebody writes: where <c>validate</c> says "all right", every mail is rendered, whoever
/// walks.</summary>
[Long(40)]
public sealed class RenderedProperties : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("any-shop-").FullName;

    [Fact]
    public async Task A_shop_that_is_all_right_leaves_no_mail_unrendered()
    {
        var (seed, right, refused, sent) = (0, 0, 0, 0);
        for (; right < Thorough.Or(12, 200); seed++)
        {
            var any = new AnyShop(seed);
            Write(any.Files());
            if (ShopPublisher.Check(folder) is [_, ..]) refused++;
            else
            {
                right++;
                var contents = ShopFolder.Read(folder);
                foreach (var journey in contents.Journeys.Keys)
                    sent += Sent(seed, await Simulator.Play(
                        folder, contents.Shop!, any.Scenario(journey, contents)));
            }
        }
        Assert.True(refused > right, $"{refused} shops of {seed} were refused");
        Assert.True(sent > right, $"{sent} mails were sent by {right} shops");
    }

    private static int Sent(int seed, IReadOnlyList<string> diary)
    {
        Assert.False(
            diary.Any(line => line.Contains("not rendered", StringComparison.Ordinal)),
            $"The shop {seed}:\n{string.Join('\n', diary)}");
        return diary.Count(line => line.Contains(" sent ", StringComparison.Ordinal));
    }

    private void Write(Dictionary<string, string> files)
    {
        Directory.Delete(folder, recursive: true);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
