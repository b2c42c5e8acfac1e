using System.Text;

namespace Automation.Storage.Sqlite;

/// <summary>Which keys there may be, in two bytes a key (a Bloom filter): those it does not know have no row, those it
/// knows mostly have one. Keys can be added by many threads at once, and stay.</summary>
/// <param name="room">How many keys it tells apart well: of a hundred unknown ones one or two are taken for
/// known.</param>
internal sealed class KeyFilter(long room)
{
    private readonly ulong[] words = new ulong[room / 4 + 1];
    private long left = room;
    private volatile bool whole;

    /// <summary>Every key there is has been added.</summary>
    public bool IsWhole { get => whole; set => whole = value; }

    /// <summary>As many keys are in it as it tells apart.</summary>
    public bool IsFull => Volatile.Read(ref left) <= 0;

    public void Add(string partitionKey, string rowKey)
    {
        Interlocked.Or(ref Word(partitionKey, rowKey, out var bits), bits);
        Interlocked.Decrement(ref left);
    }

    public bool MayHave(string partitionKey, string rowKey) =>
        (Volatile.Read(ref Word(partitionKey, rowKey, out var bits)) & bits) == bits;

    private ref ulong Word(string partitionKey, string rowKey, out ulong bits)
    {
        var mixed = Hash(partitionKey, rowKey) * 0x9e3779b97f4a7c15;
        bits = 1ul << (int)(mixed & 63) | 1ul << (int)(mixed >> 6 & 63) | 1ul << (int)(mixed >> 12 & 63)
            | 1ul << (int)(mixed >> 18 & 63);
        return ref words[Math.BigMul(mixed, (ulong)words.Length, out _)];
    }

    /// <summary>Of the keys as SQLite has them: two texts that are the same in UTF-8 are the same key.</summary>
    public static uint Hash(string partitionKey, string rowKey)
    {
        var hash = new HashCode();
        Add(ref hash, partitionKey);
        hash.Add(0);
        Add(ref hash, rowKey);
        return (uint)hash.ToHashCode();
    }

    private static void Add(ref HashCode hash, string key)
    {
        Span<byte> bytes = stackalloc byte[3 * RowRules.LongestKey];
        hash.AddBytes(bytes[..Encoding.UTF8.GetBytes(key, bytes)]);
    }
}
