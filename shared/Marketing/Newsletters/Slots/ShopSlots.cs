using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Slots;

/// <summary>The slots of newsletters by the shop as it is set up now, and by its clock: <see cref="SlotRules"/> with
/// both filled in.</summary>
public sealed class ShopSlots(CurrentShop shop, TimeProvider time)
{
    /// <summary>The shop's time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc cref="SlotRules.Zone"/>
    public TimeZoneInfo Zone(Newsletter newsletter) => SlotRules.Zone(newsletter, shop.Settings);

    /// <inheritdoc cref="SlotRules.On(Newsletter, ShopSettings, DateOnly)"/>
    public Slot? On(Newsletter newsletter, DateOnly date) => SlotRules.On(newsletter, shop.Settings, date);

    /// <inheritdoc cref="SlotRules.Next"/>
    public Slot? Next(Newsletter newsletter, DateOnly date) => SlotRules.Next(newsletter, shop.Settings, date);

    /// <inheritdoc cref="SlotRules.Between"/>
    public IEnumerable<Slot> Between(Newsletter newsletter, DateTimeOffset after, DateTimeOffset upTo) =>
        SlotRules.Between(newsletter, shop.Settings, after, upTo);
}
