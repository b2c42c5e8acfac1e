using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.Answers;
using Automation.Marketing.Chat;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Publishing;

/// <summary>Reads the shop's own files. Nothing is skipped: what cannot be read is a problem with its place.</summary>
public static class ShopFolder
{
    /// <summary>Bytes of one file.</summary>
    private const long Largest = 1_000_000;

    internal static readonly string[] Folders =
        ["answers", "coupons", "journeys", "lines", "mails", "newsletters", "pictures", "tests"];

    /// <param name="path">The folder; problems name files beginning with it, as it was given.</param>
    /// <param name="today">Issues of earlier days are history: not held against the calendar of today; null: all
    /// are.</param>
    public static ShopContents Read(string path, DateOnly? today = null)
    {
        var problems = new List<Problem>();
        var root = path.TrimEnd('/', Path.DirectorySeparatorChar);
        var journeyFiles = Files(root, "journeys", "*.json", SearchOption.TopDirectoryOnly);
        var pictures = PictureFolder.Read(root, problems);
        var names = new Names { Journeys = Ids(journeyFiles), Pictures = [.. pictures.Keys] };
        var shop = ReadShop(root, names, problems);
        var (mails, lines, answers) = (Texts(root, "mails"), Texts(root, "lines"), Texts(root, "answers"));
        names = names with
        {
            Mails = mails.Keys,
            Lines = lines.Keys,
            Answers = [.. answers.Keys.Select(name => AnswerSource.Split(name).Name).Distinct()],
            Newsletters = Ids(Files(root, "newsletters", "*.json", SearchOption.TopDirectoryOnly)),
            Coupons = Ids(Files(root, "coupons", "*.csv", SearchOption.TopDirectoryOnly)),
            Shop = shop
        };
        var journeys = ReadJourneys(journeyFiles, names, problems);
        var (newsletters, issues) = NewsletterFolder.Read(root, names, today ?? DateOnly.MinValue, problems);
        if (shop is not null && PlacesLeft.Check(newsletters.Values.Select(newsletter =>
            newsletter.Newsletter), shop, $"{root}/shop.json") is [_, ..] starved)
        {
            problems.AddRange(starved);
            shop = null;
        }
        var tests = Files(root, "tests", "*.json", SearchOption.TopDirectoryOnly).ToLookup(ChatScenario.Is);
        var scenarios = Good(tests[false], problems, (file, bytes) => ScenarioReader.Read(file, bytes, names));
        var talks = Good(tests[true], problems, (file, bytes) => ChatScenarioReader.Read(file, bytes, names));
        foreach (var link in Links.In(root))
            problems.Add(new Problem(
                $"{root}/{link}", 1, 1, "this is a link, and links are not followed: put the file itself here"));
        Misnamed(root, problems);
        Unread(root, problems);
        return new ShopContents
        {
            Shop = shop,
            Journeys = journeys,
            Mails = mails,
            Lines = lines,
            Answers = answers,
            Pictures = pictures,
            Newsletters = newsletters,
            Issues = issues,
            Scenarios = scenarios,
            Chats = talks,
            Coupons = ReadCoupons(Files(root, "coupons", "*.csv", SearchOption.TopDirectoryOnly), problems),
            Names = names,
            Problems = [.. problems.OrderBy(problem => problem.File, StringComparer.Ordinal)
                .ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)],
        };
    }

    private static ShopSettings? ReadShop(string root, Names names, List<Problem> problems)
    {
        if (Bytes($"{root}/shop.json", problems) is not { } bytes) return null;
        var (shop, found) = ShopReader.Read($"{root}/shop.json", bytes, names);
        problems.AddRange(found);
        return shop;
    }

    private static Dictionary<string, JourneyFile> ReadJourneys(
        IReadOnlyList<string> files, Names names, List<Problem> problems)
    {
        var journeys = new Dictionary<string, JourneyFile>();
        var starts = new List<(JourneyFile From, string To, Reading Reading, int At)>();
        foreach (var file in files)
        {
            if (Bytes(file, problems) is not { } bytes) continue;
            var (journey, reading, found) = JourneyReader.ReadWithStarts(file, bytes, names);
            problems.AddRange(reading.Problems);
            if (journey is null) continue;
            var written = journeys[journey.Id] = new JourneyFile
            {
                Id = journey.Id,
                File = file,
                Source = Encoding.UTF8.GetString(bytes),
                Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                Journey = journey,
                Warnings = reading.Warnings
            };
            starts.AddRange(found.Select(start => (written, start.Journey, reading, start.At)));
        }
        var loop = Loops.Find(journeys.Values.Select(file => file.Journey));
        foreach (var (from, to, reading, at) in starts)
        {
            if (!loop.Contains(from.Id) || !loop.Contains(to)
                || !Loops.StartsWithoutWaiting(from.Journey).Contains(to)) continue;
            var (line, column) = reading.Place(at);
            problems.Add(new Problem(from.File, line, column,
                $"{from.Id} starts {to}, which leads back to {from.Id} without a wait in between: it would never end"));
            journeys.Remove(from.Id);
        }
        return journeys;
    }

    /// <summary>What stands in those of the files that are good.</summary>
    private static Dictionary<string, T> Good<T>(
        IEnumerable<string> files, List<Problem> problems, Func<string, byte[], (T?, IReadOnlyList<Problem>)> read)
        where T : class
    {
        var good = new Dictionary<string, T>();
        foreach (var file in files)
        {
            if (Bytes(file, problems) is not { } bytes) continue;
            var (one, found) = read(file, bytes);
            problems.AddRange(found);
            if (one is not null) good[file] = one;
        }
        return good;
    }

    private static List<CouponFile> ReadCoupons(IReadOnlyList<string> files, List<Problem> problems)
    {
        var pools = new List<CouponFile>();
        foreach (var file in files)
        {
            if (Text(file, problems) is not { } text) continue;
            var (pool, found) = CouponReader.Read(file, text);
            problems.AddRange(found);
            if (pool is not null) pools.Add(pool);
        }
        return pools;
    }

    /// <summary>Markdown files of a folder, by name.</summary>
    private static Dictionary<string, string> Texts(string root, string folder) =>
        Files(root, folder, "*.md", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(Path.Combine(root, folder), file)[..^".md".Length].Replace('\\', '/'));

    private static string[] Ids(string[] files) => [.. files.Select(file => Path.GetFileNameWithoutExtension(file))];

    internal static string[] Files(string root, string folder, string pattern, SearchOption depth)
    {
        var full = $"{root}/{folder}";
        if (!Directory.Exists(full) || Links.IsLink(full)) return [];
        var options = depth == SearchOption.AllDirectories ? Links.Below : Links.Beside;
        return [.. Directory.EnumerateFiles(full, pattern, options).Select(file => file.Replace('\\', '/')).Order(
            StringComparer.Ordinal)];
    }

    internal static byte[]? Bytes(string file, List<Problem> problems)
    {
        try
        {
            var info = new FileInfo(file);
            if (info.LinkTarget is not null) return null;   // said of all links together
            if (info.Exists && info.Length > Largest)
            {
                problems.Add(new Problem(file, 1, 1, "the file is too large: a file of a shop has at most 1 MB"));
                return null;
            }
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(new Problem(file, 1, 1, "the file is missing"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(file, 1, 1, $"the file cannot be read: {e.Message}"));
        }
        return null;
    }

    /// <summary>What a Markdown file says; null where it cannot be read (said so).</summary>
    internal static string? Text(string file, List<Problem> problems)
    {
        if (Bytes(file, problems) is not { } bytes) return null;
        var reading = new Reading(file, bytes, Names.Unchecked);
        if (reading.IsText()) return Encoding.UTF8.GetString(bytes);
        problems.AddRange(reading.Problems);
        return null;
    }

    /// <summary>A folder named almost like one that is read would be silently without effect.</summary>
    private static void Misnamed(string root, List<Problem> problems)
    {
        if (!Directory.Exists(root)) return;
        foreach (var folder in Directory.EnumerateDirectories(root).Select(Path.GetFileName).OfType<string>()
            .Except(Folders))
            if (Nearest.To(folder, Folders) is { } near)
                problems.Add(new Problem($"{root}/{folder}", 1, 1, $"nothing reads the folder \"{folder}\"", near));
    }

    /// <summary>So would a file that is named almost like those of its folder (<c>.MD</c>, <c>.txt</c>, <c>.jsn</c>) or
    /// lies too deep; other files, hidden ones and editors' copies are not ours.</summary>
    private static void Unread(string root, List<Problem> problems)
    {
        foreach (var folder in Folders)
            foreach (var file in Files(root, folder, "*", SearchOption.AllDirectories))
            {
                var (path, extension) = (Path.GetRelativePath($"{root}/{folder}", file).Replace('\\', '/'),
                    Path.GetExtension(file).TrimStart('.'));
                if (path.Split('/').Any(part => part[0] == '.') || path[^1] == '~'
                    || Meant(folder, extension) is not { } meant) continue;
                var place = meant == "md" ? path : Path.GetFileName(path);
                if (extension != meant || place != path) problems.Add(new Problem(
                    file, 1, 1, "nothing reads this file", $"{folder}/{Path.ChangeExtension(place, meant)}"));
            }
    }

    /// <summary>The ending a file of the folder has, or was meant to have; null: it is none of its files.</summary>
    private static string? Meant(string folder, string extension)
    {
        string[] known = folder switch
        {
            "coupons" => ["csv"],
            "answers" or "mails" or "lines" => ["md"],
            "pictures" => [.. PublishedPictures.Types.Keys],
            "newsletters" => ["json", "md"],
            _ => ["json"],
        };
        return known.Contains("md") && extension.ToLowerInvariant() is "txt" or "markdown" ? "md"
            : Nearest.To(extension, known);
    }
}
