"""Which banks and wallets can be paid out to?"""

# id, slug, name, digits of an account, is it a wallet, is it open round the clock
_ROWS = (
    (130, "abay_bank", "Abay Bank", 16, False, False),
    (772, "addis_int_bank", "Addis International Bank", 15, False, False),
    (656, "awash_bank", "Awash Bank", 14, False, False),
    (347, "boa_bank", "Bank of Abyssinia", 8, False, False),
    (128, "cbebirr", "CBEBirr", 10, True, True),
    (946, "cbe_bank", "Commercial Bank of Ethiopia", 13, False, False),
    (893, "coopay_ebirr", "Coopay-Ebirr", 10, True, True),
    (880, "dashen_bank", "Dashen Bank", 13, False, False),
    (301, "global_bank", "Global Bank Ethiopia", 13, False, False),
    (266, "mpesa", "M-Pesa", 10, True, True),
    (855, "telebirr", "telebirr", 10, True, True),
    (472, "wegagen_bank", "Wegagen Bank", 13, False, False),
)

_LISTED_AT = "2026-01-05T06:00:00.000000Z"


def listed() -> list[dict[str, object]]:
    return [
        {
            "id": bank_id,
            "slug": slug,
            "swift": f"{slug[:4].upper()}ETAA",
            "name": name,
            "acct_length": digits,
            "country_id": 1,
            "is_mobilemoney": int(is_wallet),
            "is_rtgs": int(not is_wallet),
            "is_24hrs": int(is_always_open),
            "is_active": 1,
            "currency": "ETB",
            "created_at": _LISTED_AT,
            "updated_at": _LISTED_AT,
        }
        for bank_id, slug, name, digits, is_wallet, is_always_open in _ROWS
    ]
