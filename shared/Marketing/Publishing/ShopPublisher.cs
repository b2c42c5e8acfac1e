using System.Text;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>Makes the shop folder the shop. What is right takes effect at once; what is broken keeps its last good
/// version, and every problem is said.</summary>
public sealed class ShopPublisher(
    TextPublisher words, PublishedPictures pictures, PublishedJourneys journeys, PublishedNewsletters newsletters,
    TimeProvider time)
{
    /// <summary>Everything that is wrong with the folder; nothing is published.</summary>
    public static IReadOnlyList<Problem> Check(string folder, DateOnly? today = null)
    {
        var contents = ShopFolder.Read(folder, today);
        return [.. contents.Problems, .. MailFiles.Check(contents, contents.Imagined).SelectMany(mail => mail.Problems),
            .. LineTexts.Check(contents, contents.Imagined).SelectMany(line => line.Problems),
            .. AnswerFiles.Check(contents.Answers).SelectMany(answer => answer.Problems),
            .. IssueFiles.Check(contents, contents.Imagined).SelectMany(issue => issue.Problems)];
    }

    /// <summary>Was a shop published before?</summary>
    public async Task<bool> KnowsShop(CancellationToken cancellation = default) =>
        await journeys.LastSettings(cancellation) is not null;

    /// <summary>Publishes what is right; answers what is not. Throws <see cref="InvalidDataException"/> where there are
    /// no settings to go by, now or earlier.</summary>
    public async Task<IReadOnlyList<Problem>> Publish(string folder, CancellationToken cancellation = default)
    {
        var contents = ShopFolder.Read(folder, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var settings = contents.Shop is null ? await journeys.LastSettings(cancellation)
            : await File.ReadAllTextAsync(Path.Combine(folder, "shop.json"), cancellation);
        var shop = contents.Shop
            ?? (settings is null ? null : ShopReader.Read("shop.json", Encoding.UTF8.GetBytes(settings)).Shop)
                ?? throw new InvalidDataException(
                    $"There is no shop to open in {folder}:\n{string.Join('\n', contents.Problems)}");
        shop = ShopPictures.With(shop, await pictures.Publish(contents.Pictures, cancellation));
        var texts = await words.Publish(contents, shop, cancellation);
        var good = contents.Journeys.Values.Where(file => Steps.Mails(file.Journey).All(texts.Mails.Contains)
            && Steps.Lines(file.Journey).All(texts.Lines.Contains)).ToList();
        await journeys.Publish(
            shop, settings!, good, [.. contents.Names.Journeys!.Except(good.Select(file => file.Id))], cancellation);

        var issues = IssueFiles.Check(contents, shop);
        await newsletters.Publish([.. contents.Newsletters.Values],
            [.. issues.Where(issue => issue.Problems.Count == 0).Select(issue => issue.Source!)],
            contents.Issues.Select(issue => $"{issue.Newsletter}/{issue.Name}").Concat(
                contents.Names.Newsletters!).ToHashSet(),
            shop,
            cancellation);
        return [.. contents.Problems, .. texts.Problems, .. issues.SelectMany(issue => issue.Problems)];
    }
}
