using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Mails;

/// <summary>The mails as published.</summary>
public static class Services
{
    public static IServiceCollection AddMails(this IServiceCollection services) => services
        .AddSingleton<PublishedMails>()
        .AddSingleton<PublishedPictures>();
}
