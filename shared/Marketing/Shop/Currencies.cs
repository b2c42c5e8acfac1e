using System.Collections.Frozen;
using Automation.Marketing.Time;

namespace Automation.Marketing.Shop;

/// <summary>The currencies there are (ISO 4217, those one pays with).</summary>
public static class Currencies
{
    public static readonly FrozenSet<string> All = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
        CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
        HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD
        LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
        PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
        TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    /// <summary>What was probably meant: yen as a Japanese shop writes it, or the code in small letters.</summary>
    public static string? Meant(string text) =>
        text.ToUpperInvariant() is "YEN" or "円" or "¥" ? "JPY"
            : All.Contains(text.ToUpperInvariant()) ? text.ToUpperInvariant() : Nearest.To(text, ["JPY", "USD", "EUR"]);
}
