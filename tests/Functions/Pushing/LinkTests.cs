using System.Net;
using System.Text.Json;
using Automation.Functions.Publishing;
using Automation.Functions.Tests.Hosting;

namespace Automation.Functions.Tests.Pushing;

/// <summary>What lies behind a link in the shop folder is not the shop's: it is not read, not written, not
/// deleted.</summary>
public sealed class LinkTests(RunningShop shop) : IClassFixture<RunningShop>, IDisposable
{
    private const string Mail = "---\nsubject: s\n---\nx\n";
    private readonly TemporaryFolder outside = new();
    private readonly List<string> links = [];

    public void Dispose()
    {
        foreach (var link in links) File.Delete(link);
        outside.Dispose();
    }

    private string Folder => shop.Product.Get<ShopFiles>().Folder;

    private void Link(string name, string to)
    {
        links.Add(Path.Combine(Folder, name));
        File.CreateSymbolicLink(links[^1], to);
    }

    private async Task<Dictionary<string, string>> Files()
    {
        using var answer = await shop.Api(HttpMethod.Get, "/api/shop");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument
            .Parse(await answer.Content.ReadAsStringAsync()).RootElement
            .GetProperty("files")
            .EnumerateObject()
            .ToDictionary(file => file.Name, file => file.Value.GetString()!);
    }

    private Task<HttpResponseMessage> Put(Dictionary<string, string> files) =>
        shop.Api(HttpMethod.Put, "/api/shop", JsonSerializer.Serialize(new { files }));

    [Fact]
    public async Task A_push_neither_reads_nor_changes_nor_deletes_what_lies_behind_a_link()
    {
        await File.WriteAllTextAsync(outside.File("theirs.md"), "not the shop's");
        Link("mails/link", outside.Path);
        Link("mails/file.md", outside.File("theirs.md"));
        var files = await Files();
        Assert.DoesNotContain(files, file => file.Key.Contains("link", StringComparison.Ordinal) || file.Value.Contains(
            "not the shop's", StringComparison.Ordinal));

        files["mails/extra.md"] = Mail;
        using (var pushed = await Put(files)) Assert.Equal(HttpStatusCode.OK, pushed.StatusCode);
        files.Remove("mails/extra.md");
        using (var again = await Put(files)) Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("not the shop's", await File.ReadAllTextAsync(outside.File("theirs.md")));

        foreach (var behind in (string[])["mails/link/theirs.md", "mails/link/new.md", "mails/file.md"])
        {
            using var refused = await Put(new(files) { [behind] = Mail });
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("is a link", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(["theirs.md"], Directory.EnumerateFiles(outside.Path).Select(Path.GetFileName));
        Assert.Equal("not the shop's", await File.ReadAllTextAsync(outside.File("theirs.md")));
    }

    [Fact]
    public async Task A_journey_is_not_written_through_a_link()
    {
        await File.WriteAllTextAsync(outside.File("theirs.json"), "{}");
        Link("journeys/linked.json", outside.File("theirs.json"));
        using var answer = await shop.Api(HttpMethod.Put, "/api/journeys/linked", RunningShop.Journey);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("{}", await File.ReadAllTextAsync(outside.File("theirs.json")));
    }

    [Fact]
    public async Task A_link_under_the_name_of_a_file_half_written_is_not_written_through()
    {
        await File.WriteAllTextAsync(outside.File("theirs.json"), "{}");
        Link("journeys/fresh.json.new", outside.File("theirs.json"));
        using var answer = await shop.Api(HttpMethod.Put, "/api/journeys/fresh", RunningShop.Journey);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("{}", await File.ReadAllTextAsync(outside.File("theirs.json")));
        File.Delete(Path.Combine(Folder, "journeys/fresh.json"));
    }

    public static TheoryData<string> Impossible => new()
    {
        $"mails/{string.Join('/', Enumerable.Repeat("folder", 200))}/x.md",
        $"mails/{new string('茶', 90)}.md",
        "mails/hello.md/inside.md",
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task A_path_no_file_can_have_is_refused_and_nothing_is_changed(string path)
    {
        var files = await Files();
        using var answer = await Put(new(files) { [path] = Mail });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(files.OrderBy(file => file.Key), (await Files()).OrderBy(file => file.Key));
    }

    [Fact]
    public async Task A_file_where_a_folder_is_needed_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "mails", "season"), "a note");
        using var answer = await Put(new(await Files()) { ["mails/season/spring.md"] = Mail });
        File.Delete(Path.Combine(Folder, "mails", "season"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("mails/season is a file", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_package_cannot_be_unpacked_over_is_said_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(folder.File("mails"), outside.Path);
        var package = ShopPackage.Read(JsonSerializer.SerializeToUtf8Bytes(
            new { files = new Dictionary<string, string> { ["shop.json"] = "{}", ["mails/a.md"] = "x" } }));
        Assert.Contains(
            "mails is a link",
            Assert.Throws<InvalidDataException>(() => package.Unpack(folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside.Path));
        Assert.False(File.Exists(folder.File("shop.json")));
    }
}
