using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Playwright;

namespace Automation.Console.Tests.Mails;

/// <summary>Small pictures of how mails look, which screenshots are compared with. Words are bars in them, so that they
/// are the same with whatever fonts a machine has. <c>LOOKS=1</c> keeps what is seen as what shall be seen from now on:
/// look at it first (SCREENSHOTS).</summary>
internal static class Looks
{
    /// <summary>Of a hundred thousand pixels so many may be others.</summary>
    private const int Tolerated = 150;

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "looks");

    /// <summary>What two pictures have in common.</summary>
    /// <param name="Small">The one that was seen, a tenth as wide and high, as a data URL.</param>
    /// <param name="Others">Of a hundred thousand pixels; null: they are not of one size, or there is nothing to
    /// compare with.</param>
    private sealed record Compared(string Small, int? Others);

    private const string Bars = """
        () => {
          const texts = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) if (walk.currentNode.data.trim()) texts.push(walk.currentNode);
          for (const text of texts) {
            const bars = document.createDocumentFragment();
            for (const letter of text.data.replace(/\s+/g, ' ')) {
              const bar = document.createElement('i');
              bar.style.cssText = 'display:inline-block;height:.7em;'
                + `width:${letter.charCodeAt(0) < 0x300 ? .5 : 1}em;`
                + (letter === ' ' ? '' : 'background:currentColor');
              bars.append(bar);
            }
            text.replaceWith(bars);
          }
          const style = document.createElement('style');
          style.textContent = 'html { line-height: 1.6 } :not(td, th) { vertical-align: top !important }';
          document.head.append(style);
        }
        """;

    private const string Compare = """
        async ([seen, known]) => {
          const load = async url => { const image = new Image(); image.src = url; await image.decode(); return image; };
          const drawn = (image, width, height) => {
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [width, height];
            const pen = canvas.getContext('2d');
            pen.imageSmoothingQuality = 'high';
            pen.drawImage(image, 0, 0, width, height);
            return [canvas, pen.getImageData(0, 0, width, height).data];
          };
          const shot = await load(seen);
          const [small, now] = drawn(shot, Math.round(shot.width / 10), Math.round(shot.height / 10));
          const answer = { small: small.toDataURL(), others: null };
          if (!known) return JSON.stringify(answer);
          const was = await load(known);
          if (was.width !== small.width || was.height !== small.height) return JSON.stringify(answer);
          const [, then] = drawn(was, was.width, was.height);
          let others = 0;
          for (let at = 0; at < now.length; at += 4)
            if ([0, 1, 2].some(color => Math.abs(now[at + color] - then[at + color]) > 24)) others++;
          return JSON.stringify({ ...answer, others: Math.round(others * 400000 / now.length) });
        }
        """;

    /// <summary>From here on the page shows bars in place of words.</summary>
    public static Task Blur(IPage page) => page.EvaluateAsync(Bars);

    /// <summary>Fails where the page, blurred, looks otherwise than it should.</summary>
    public static async Task Hold(IPage page, string name, Browser.Look look)
    {
        var file = Path.Combine(Folder(), $"{name}-{look.Width}{(look.IsDark ? "-dark" : "")}.png");
        var known = File.Exists(file) ? Data(await File.ReadAllBytesAsync(file)) : null;
        var seen = Data(await page.ScreenshotAsync(new() { FullPage = true }));
        // A page of its own: what compares is not compared.
        await using var context = await page.Context.Browser!.NewContextAsync();
        var said = await (await context.NewPageAsync()).EvaluateAsync<string>(Compare, new[] { seen, known });
        var compared = JsonSerializer.Deserialize<Compared>(said, JsonSerializerOptions.Web)!;
        if (Environment.GetEnvironmentVariable("LOOKS") == "1")
        {
            Directory.CreateDirectory(Folder());
            await File.WriteAllBytesAsync(file, Convert.FromBase64String(compared.Small[Png.Length..]));
        }
        else Assert.True(
            compared.Others <= Tolerated,
            $"{name} no longer looks like {file}: {compared.Others?.ToString() ?? "its size"} differs. SCREENSHOTS=… "
            + "keeps what is seen, LOOKS=1 makes it what shall be.");
    }

    private const string Png = "data:image/png;base64,";

    private static string Data(byte[] png) => Png + Convert.ToBase64String(png);
}
