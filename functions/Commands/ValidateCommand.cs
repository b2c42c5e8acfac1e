using System.CommandLine;
using Automation.Marketing;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Commands;

/// <summary><c>validate</c>: is everything in the shop folder right?</summary>
public static class ValidateCommand
{
    public static Command Create()
    {
        var shop =
            new Argument<string>("shop") { Description = "The shop's folder.", DefaultValueFactory = _ => "shop" };
        var validate = new Command("validate",
            "Checks every file of the shop folder; says file, line, column and what was probably meant.") { shop };
        validate.SetAction(parsed => Run(parsed.GetRequiredValue(shop), System.Console.Out));
        return validate;
    }

    public static int Run(string folder, TextWriter to)
    {
        var problems = ShopPublisher.Check(folder, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        foreach (var problem in problems) to.WriteLine(problem);
        var contents = ShopFolder.Read(folder);
        foreach (var warning in contents.Warnings) to.WriteLine($"{warning} (a warning)");
        if (contents.Shop is { Plan.Caps.Count: > 0 } shop)
            foreach (var (readers, left) in PlacesLeft.All(
                contents.Newsletters.Values.Select(newsletter => newsletter.Newsletter), shop))
                to.WriteLine($"the plan leaves journeys {left.InWords()} to whoever gets {readers}");
        to.WriteLine(problems.Count == 0
            ? $"{Amount.Of(contents.Journeys.Count, "journey")}, {Amount.Of(contents.Mails.Count, "mail")}, "
                + (contents.Lines.Count > 0 ? $"{Amount.Of(contents.Lines.Count, "LINE text")}, " : "")
                + (contents.Answers.Count > 0
                    ? $"{Amount.Of(contents.Names.Answers!.Count, "answer")}, {Amount.Of(contents.Chats.Values
                        .Sum(chat => chat.Talks.Count), "conversation")}, " : "")
                + $"{Amount.Of(contents.Newsletters.Count, "newsletter")} with "
                + $"{Amount.Of(contents.Issues.Count, "issue")}, {Amount.Of(contents.Scenarios.Count, "scenario")}: "
                + $"all right"
            : Amount.Of(problems.Count, "problem"));
        return problems.Count == 0 ? CommandLine.Fine : CommandLine.Wrong;
    }
}
