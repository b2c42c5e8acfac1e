using Azure.Data.Tables;

namespace Automation.Storage.Azure;

/// <summary>Rows as the SDK's entities and back. Every write leaves a mark of its own in its row, unseen by readers:
/// one that is repeated because nobody answered, and then refused (409, 412), finds out by it whether it was itself
/// there before.</summary>
internal static class RowEntities
{
    private const string Mark = "_write";
    private const int RoomOfMark = 64;

    public static bool HasMark(TableEntity? entity, Guid mark) => entity?[Mark] is Guid last && last == mark;

    /// <summary>Without a mark that has no room. ArgumentException where the service would refuse the row.</summary>
    public static TableEntity Entity(Row row, Guid? mark)
    {
        var size = RowRules.Check(row);
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row) entity.Add(name, value);
        if (row.Count < RowRules.MostProperties && size + RoomOfMark <= RowRules.LargestEntity) entity[Mark] = mark;
        return entity;
    }

    public static Row Row(TableEntity entity)
    {
        var version = new ETag(entity.ETag.ToString());
        var row = new Row(entity.PartitionKey, entity.RowKey) { Timestamp = entity.Timestamp, ETag = version };
        foreach (var (name, value) in entity)
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag" or Mark)) row.Add(name, value);
        return row;
    }
}
