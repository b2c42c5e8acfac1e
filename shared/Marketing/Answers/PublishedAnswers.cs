using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Answers;

/// <summary>The shop's answers as published, with their index; replaced as a whole. What was published is kept, so that
/// a file that has a mistake now says what it said before.</summary>
public sealed class PublishedAnswers(Tables tables, CurrentShop shop, TimeProvider time) : IDisposable
{
    private const string Partition = "answers";

    /// <summary>Products are learnt from orders all day; they are read again this often, when somebody asks.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Shelf shelf = new([], new(AnswerIndex.Empty), null);

    /// <param name="Index">Made when somebody asks first: a start does not wait for it.</param>
    private sealed record Shelf(IReadOnlyList<AnswerSource> Sources, Lazy<AnswerIndex> Index, long? Since);

    /// <summary>Every file as published last.</summary>
    public IReadOnlyList<AnswerSource> All => shelf.Sources;

    /// <summary>Puts these on the shelf in place of what was there.</summary>
    public async Task Publish(IReadOnlyCollection<AnswerSource> sources, CancellationToken cancellation = default)
    {
        var before = shelf.Sources.ToDictionary(source => source.File);
        foreach (var source in sources)
            if (before.GetValueOrDefault(source.File)?.Text != source.Text)
                await tables.Published.Upsert(
                    new Row(Partition, Keys.Safe(source.File))
                    {
                        { "Name", source.File },
                        { "Text", source.Text },
                        { "At", time.GetUtcNow() },
                    }, UpdateMode.Replace, cancellation);
        IReadOnlyList<AnswerSource> kept = [.. sources];
        shelf = new(kept, new(() => new(Answer.Of(kept), SoldProduct.Of(shop.Settings, []))), null);
    }

    /// <summary>What a file said when it was right; null: it never was.</summary>
    /// <param name="name">The file's path in shop/answers, without its ending.</param>
    public async ValueTask<AnswerSource?> Find(string name, CancellationToken cancellation = default) =>
        shelf.Sources.FirstOrDefault(source => source.File == $"answers/{name}.md")
        ?? ((await tables.Published.Find(Partition, Keys.Safe($"answers/{name}.md"), cancellation))?.GetString("Text")
            is { } text ? AnswerSource.Parse(name, text).Source : null);

    /// <summary>The index with the products as they are.</summary>
    public async ValueTask<AnswerIndex> Current(CancellationToken cancellation)
    {
        var now = shelf;
        if (IsFresh(now)) return now.Index.Value;
        await reading.WaitAsync(cancellation);
        try
        {
            now = shelf;
            if (IsFresh(now)) return now.Index.Value;
            var learnt = new List<Product>();
            await foreach (var row in tables.Products.Query(new(), cancellation))
                if (row.PartitionKey is not ("next" or "shop") && row.GetString("Doc") is not null)
                    learnt.Add(Documents.Read(row, CustomerJson.Product).Value);
            var made = now with
            {
                Index = new(new AnswerIndex(Answer.Of(now.Sources), SoldProduct.Of(shop.Settings, learnt))),
                Since = time.GetTimestamp(),
            };
            // What was published meanwhile is newer, and is read at the next question.
            Interlocked.CompareExchange(ref shelf, made, now);
            return made.Index.Value;
        }
        finally
        {
            reading.Release();
        }
    }

    private bool IsFresh(Shelf one) => one.Since is { } since && time.GetElapsedTime(since) < Fresh;

    public void Dispose() => reading.Dispose();
}
