using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Automation.Console.Tests.Browser;

/// <summary>axe-core, which finds what keeps somebody out of a page.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What is serious or critical; empty is well. Of this frame alone: a preview runs no script, axe's
    /// neither, and would be waited for without an end. What scrolls in an editor is its text, which takes the focus;
    /// axe does not see it.</summary>
    public static async Task<string[]> Mistakes(IPage page)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>("""
            async () => {
              const { passes, violations } =
                await axe.run(document, { resultTypes: ["violations"], iframes: false });
              if (!passes.length) throw new Error("axe looked at nothing");
              return violations.filter(one => ["serious", "critical"].includes(one.impact)).flatMap(one =>
                one.nodes.filter(node => !node.html.includes("cm-scroller"))
                  .map(node => `${one.id}: ${one.help}: ${node.html}`));
            }
            """);
    }
}
