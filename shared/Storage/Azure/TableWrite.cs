using Azure.Core;
using static Automation.Storage.RowActionKind;

namespace Automation.Storage.Azure;

/// <summary>One write, checked: how it is said on the wire, alone or inside a transaction.</summary>
internal readonly record struct TableWrite(RowActionKind Type, Row Entity, ETag ETag, string? Mark)
{
    private static readonly RequestMethod Merge = RequestMethod.Parse("MERGE");

    /// <summary>ArgumentException where the service would refuse the entity.</summary>
    public static TableWrite Checked(RowActionKind type, Row entity, ETag etag, string mark)
    {
        if (type is Delete)
        {
            RowRules.CheckKeys(entity.PartitionKey, entity.RowKey);
            return new(type, entity, etag, null);
        }
        var size = RowRules.Check(entity);
        return new(type, entity, etag, WriteMark.Fits(entity, size) ? mark : null);
    }

    public RequestMethod Method => Type switch
    {
        Add => RequestMethod.Post,
        UpdateMerge or UpsertMerge => Merge,
        Delete => RequestMethod.Delete,
        _ => RequestMethod.Put,
    };

    public string Operation => Type switch
    {
        Add => "table.add",
        UpsertMerge or UpsertReplace => "table.upsert",
        Delete => "table.delete",
        _ => "table.update",
    };

    /// <summary>The version that must be there, <c>*</c> for any; null where no condition is sent (adds, and upserts, which are updates without one).</summary>
    public string? IfMatch => Type is UpdateMerge or UpdateReplace or Delete ? (ETag.Value is { Length: > 0 } value ? value : "*") : null;

    public string Address(string table) => Type is Add ? table : TableAddresses.Row(table, Entity.PartitionKey, Entity.RowKey);
}
