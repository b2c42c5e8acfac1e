using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Choices;

/// <summary>What customers choose on the pages behind the links in their mails.</summary>
public static class Services
{
    public static IServiceCollection AddChoices(this IServiceCollection services) => services
        .AddSingleton<ChoicesOffered>()
        .AddSingleton<PreferenceService>()
        .AddSingleton<LinkMails>()
        .AddSingleton<AddressMails>()
        .AddSingleton<AddressNotices>()
        .AddSingleton<AddressService>()
        .AddSingleton<LinkNonces>()
        .AddSingleton<LineLinking>()
        .AddSingleton<LineParting>()
        .AddSingleton<AccountFinder>()
        .AddSingleton<LinkRequests>()
        .AddSingleton<ConfirmationService>();
}
