using Automation.Functions.Console.Newsletters;

namespace Automation.Functions.Console.Letters;

/// <summary>What mails and issues are written with.</summary>
public static class Services
{
    public static IServiceCollection AddLetters(this IServiceCollection services) => services
        .AddSingleton<TestLimit>()
        .AddSingleton<LetterPreviews>()
        .AddSingleton<LetterFiles>()
        .AddSingleton<LinePreviews>()
        .AddSingleton<IssueLineTexts>()
        .AddSingleton<IssueAnswers>()
        .AddSingleton<IssueViews>()
        .AddSingleton<SeriesViews>();
}
