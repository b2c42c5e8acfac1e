using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>Which arm of a split a customer gets: by hash, so the same every time. The holdout is drawn from customer
/// and journey alone: the same people in every version of the journey and at each of its splits, and a larger share
/// keeps those already held out. The other arms are drawn from customer, journey and the arms' names: inserting steps
/// or changing percents reshuffles nobody needlessly, and a second split with the same names continues the first (names
/// of its own make an independent draw).</summary>
public static class SplitAssignment
{
    public static Arm Arm(Step.Split split, string journey, CustomerId customer)
    {
        var holdout = split.Arms.FirstOrDefault(arm => arm.Holdout);
        if (holdout is not null && Share($"{customer}|{journey}|holdout") * 100 < holdout.Percent) return holdout;
        var arms = split.Arms.Where(arm => !arm.Holdout).ToList();
        var point = Share(
            $"{customer}|{journey}|{string.Join('|', arms.Select(arm => arm.Name))}") * arms.Sum(arm => arm.Percent);
        foreach (var arm in arms)
            if ((point -= arm.Percent) < 0) return arm;
        return arms.Count > 0 ? arms[^1] : holdout ?? throw new InvalidDataException("A split without arms.");
    }

    /// <summary>From 0 to just below 1.</summary>
    private static double Share(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }
}
