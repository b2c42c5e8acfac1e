using System.Collections.Frozen;
using Automation.Marketing.Intake;

namespace Automation.Functions.Hosting;

/// <summary>Configured sources as intake knows them, by name.</summary>
public static class Sources
{
    /// <summary>Test orders count as long as mails only go into a folder: that is what they are for. A source without a
    /// secret (only the demo can be) has one made up and kept in <c>{name}.secret</c>.</summary>
    public static FrozenDictionary<string, SourceSettings> Open(Settings settings) =>
        settings.Sources.ToFrozenDictionary(
            source => source.Name,
            source => new SourceSettings(
                source.Name, Platform(source.Platform), source.Secret ?? Files.Secret(SecretFile(settings, source)))
            {
                Previous = source.PreviousSecret,
                ConsentMetaKey = source.ConsentMetaKey,
                TakeTests = settings.Mail.Transport == "folder",
                PlacedStatuses = source.PlacedStatuses,
                DeliveredStatuses = source.DeliveredStatuses,
            },
            StringComparer.Ordinal);

    public static string SecretFile(Settings settings, ConfiguredSource source) =>
        Path.Combine(settings.DataFolder, $"{source.Name}.secret");

    private static Platform Platform(string name) => name switch
    {
        "shopify" => Marketing.Intake.Platform.Shopify,
        "woocommerce" => Marketing.Intake.Platform.WooCommerce,
        _ => Marketing.Intake.Platform.Generic,
    };
}
