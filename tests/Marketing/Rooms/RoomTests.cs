using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Automation.Marketing.Tests.Rooms;

/// <summary>The rooms of shared/Marketing in their order: a room may use those above it in the list, never one below.
/// Of a capability in several rooms each is named with its folder.</summary>
public sealed partial class RoomTests
{
    private static readonly string[] Order =
    [
        "", "Time", "People", "Shop", "Files", "Inbox", "Access", "Customers", "Consent", "Orders", "Search",
        "Segments", "Mails", "Lines", "Answers", "Plan", "Sending", "Journeys", "Newsletters.Slots",
        "Newsletters.Issues", "Newsletters.Chunks", "Engagement",
        "History", "Insights", "Choices", "Chat", "Privacy", "Intake", "Publishing", "Replays",
    ];

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../shared/Marketing"));

    /// <summary>A Services.cs above the rooms puts them together.</summary>
    private static IEnumerable<(string Room, string File, string Text)> Files() =>
        from file in Directory.EnumerateFiles(Folder(), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Folder(), file).Replace('\\', '/')
        where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
        let room = Path.GetDirectoryName(path)!.Replace('/', '.')
        where !path.EndsWith("Services.cs", StringComparison.Ordinal)
            || Order.Contains(room, StringComparer.Ordinal) && room.Length > 0
        select (room, path, File.ReadAllText(file));

    /// <summary>The room that a name leads to: one of several is named by two words.</summary>
    private static int Place(string name) =>
        Array.FindIndex(
            Order, room => room.Length > 0 && (name + ".").StartsWith(room + ".", StringComparison.Ordinal));

    [Fact]
    public void No_room_uses_one_below_it()
    {
        var upward = new List<string>();
        foreach (var (room, file, text) in Files())
            foreach (Match used in Used().Matches(text))
                if (Place(used.Groups[1].Value + used.Groups[2].Value) > Array.IndexOf(Order, room))
                    upward.Add($"{file}: {used.Value}");
        Assert.Empty(upward);
    }

    [Fact]
    public void No_room_names_a_type_of_one_below_it_by_its_room()
    {
        var types = Files().ToLookup(
            file => file.Room, file => Declared().Matches(file.Text).Select(one => one.Groups[1].Value));
        var upward = new List<string>();
        foreach (var (room, file, text) in Files())
            foreach (var below in Order.Skip(Array.IndexOf(Order, room) + 1))
                foreach (Match named in Regex.Matches(text, $@"(?<![\w.])(?:{below}|{below.Split('.')[^1]})\.(\w+)"))
                    if (types[below].Any(declared => declared.Contains(named.Groups[1].Value)))
                        upward.Add($"{file}: {named.Value}");
        Assert.Empty(upward);
    }

    [Fact]
    public void Every_folder_is_a_room_and_every_file_is_in_the_namespace_of_its_folder()
    {
        Assert.Equal(
            Order.Where(room => room.Length > 0).Order(StringComparer.Ordinal),
            Files().Select(file => file.Room).Where(room => room.Length > 0).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Files(), file => Assert.Contains(
            $"namespace Automation.Marketing{(file.Room.Length > 0 ? "." : "")}{file.Room};", file.Text,
            StringComparison.Ordinal));
    }

    /// <summary>A using, or a name that begins with the room it is in.</summary>
    [GeneratedRegex(
        @"^using (?:static |\w+ = )?Automation\.Marketing\.([\w.]+)|\bMarketing\.([A-Z][\w.]*)\.",
        RegexOptions.Multiline)]
    private static partial Regex Used();

    [GeneratedRegex(@"^(?:public|internal) (?:\w+ )*(?:class|record struct|record|struct|interface|enum) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declared();
}
