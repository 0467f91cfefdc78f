"""What can be configured? Every setting, declared once and read from the environment on use."""

import os
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar, overload

from chalicelib.core.rates import Rate

T = TypeVar("T")


class SettingMissing(Exception):
    """A setting without a default is absent from the environment."""

    def __init__(self, name: str, meaning: str) -> None:
        super().__init__(f"Set the environment variable {name}: {meaning}")


class Setting(Generic[T]):
    """One environment variable: its meaning, how its text is read, and its default if it has one."""

    def __init__(
        self, meaning: str, read: Callable[[str], T], default: str | None = None, *, secret: bool = False
    ) -> None:
        self.meaning, self.read, self.default, self.is_secret = meaning, read, default, secret
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name.upper()

    @overload
    def __get__(self, instance: None, owner: type) -> "Setting[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> "Setting[T] | T":
        return self if instance is None else self.value

    @property
    def value(self) -> T:
        """Return what is set now, or the default."""
        text = os.environ.get(self.name, self.default)
        if text is None:
            raise SettingMissing(self.name, self.meaning)
        try:
            return self.read(text)
        except ValueError as problem:
            raise ValueError(f"{self.name}={text!r} cannot be read: {problem}. It is: {self.meaning}") from None


def text(meaning: str, default: str | None = None, *, secret: bool = False) -> Setting[str]:
    """Declare a setting that is plain text."""
    return Setting(meaning, str, default, secret=secret)


def number(meaning: str, default: int | None = None) -> Setting[int]:
    """Declare a setting that is a whole number."""
    return Setting(meaning, int, None if default is None else str(default))


def percent(meaning: str, default: str) -> Setting[Decimal]:
    """Declare a setting that is a decimal percentage."""
    return Setting(meaning, _read_percent, default)


def switch(meaning: str, default: bool) -> Setting[bool]:
    """Declare a setting that is ``true`` or ``false``."""
    return Setting(meaning, _read_switch, "true" if default else "false")


def names(meaning: str, default: str) -> Setting[tuple[str, ...]]:
    """Declare a setting that is a comma-separated list."""
    return Setting(meaning, _read_names, default)


def numbers(meaning: str, default: str) -> Setting[tuple[int, ...]]:
    """Declare a setting that is a comma-separated list of whole numbers."""
    return Setting(meaning, _read_numbers, default)


def rate(meaning: str, default: str) -> Setting[Rate]:
    """Declare a setting that is so many in so many seconds, such as ``10/900``."""
    return Setting(meaning, Rate.from_text, default)


def _read_percent(text: str) -> Decimal:
    try:
        percentage = Decimal(text)
    except InvalidOperation:
        raise ValueError("not a decimal number") from None
    if not percentage.is_finite():
        raise ValueError("not finite")
    return percentage


def _read_switch(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("neither true nor false")
    return text == "true"


def _read_names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _read_numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in _read_names(text))


class Settings:
    """Every setting of the shop. ``Settings.x`` is the declaration, ``settings.x`` the value."""

    # Where things are
    stage = text("Name of this deployment.", "development")
    table_name = text("DynamoDB table that holds everything.", "nexus")
    audit_table_name = text("DynamoDB table of the audit trail, which one function writes.", "nexus-audit")
    audit_archive_bucket = text("S3 bucket under Object Lock that gets every audit entry; none when empty.", "")
    image_bucket = text("S3 bucket of product pictures.", "nexus-images")
    images_public_url = text("Address below which anybody fetches pictures: the bucket's own, MinIO's or a CDN's.")
    images_endpoint_url = text("Address of the S3 that keeps pictures, if it is not the cloud's own: MinIO's.", "")
    uploads_queue_url = text("SQS queue that hears of uploaded pictures.")
    events_topic_arn = text("SNS topic on which events are announced.")
    unreadable_records_queue_url = text("SQS queue for stream records that cannot be read.")
    checkout_machine_arn = text("Step Functions machine that runs a checkout.")
    refund_machine_arn = text("Step Functions machine that sends money back.")
    public_base_url = text("Address under which shoppers reach the API, with its version.")
    allowed_origins = names("Origins that browsers may call from, comma-separated.", "http://localhost:3000")
    storefront_url = text("Address of the shop that people see, where links in mails lead.", "http://localhost:3000")
    mail_from = text("Sender of every mail.", "Nexus <shop@example.com>")
    default_locale = text("Language when a reader asks for none we have.", "en")

    # Secrets are read from Secrets Manager; these name them
    users_secret = text("Secret from which the users function derives what it gives out, refresh tokens for one.")
    signing_secret = text("Secret with the seeds of the keys that sign access tokens.")
    factors_secret = text("Secret from which authenticator apps' secrets are derived.")
    codes_secret = text("Secret from which codes and links in messages are derived; their senders read it too.")
    tokens_secret = text("Secret from which cursor and cart-token keys are derived.")
    chapa_secret = text("Secret with Chapa's `secret_key`, `webhook_secret`, `webhook_user` and `webhook_password`.")
    twilio_secret = text("Secret with Twilio's `account_sid`, `auth_token` and `sender`: number, name or service.")
    images_secret = text(
        "Secret with the `notice_token` of who keeps pictures for us, and our `access_key` and `secret_key` there."
    )
    secrets_cached_seconds = number("How long a read secret is kept in memory.", 300)

    # Identity
    password_min_length = number("Fewest characters of a new password (NIST SP 800-63B-4 wants 15).", 15)
    token_issuer = text("`iss` of access tokens.", "nexus")
    access_token_seconds = number("Life of an access token.", 900)
    refresh_token_seconds = number("Life of a refresh token that is not used.", 1_209_600)
    session_seconds = number("Absolute life of a login session.", 2_592_000)
    refresh_grace_seconds = number("How long a rotated refresh token still gets the same successor.", 10)
    token_leeway_seconds = number("Clock difference tolerated when tokens are checked.", 5)
    recent_within_seconds = number("How long ago one may have signed in to change what protects an account.", 600)
    second_factor_seconds = number("Time to give the second factor after the password.", 300)
    second_factor_required_of = names("Roles that must sign in with a second factor: staff, vendor, admin.", "")
    recovery_codes = number("Recovery codes that are handed out at once.", 10)
    link_kept_seconds = number("How long a link in a mail counts.", 86_400)
    code_kept_seconds = number("How long a code in a text message counts.", 600)
    code_attempts = number("Wrong answers until a code counts no more.", 5)
    resend_after_seconds = number("Pause before a code is sent again; it doubles each time.", 30)
    deliveries_limit = number("How often one code is sent at most.", 5)
    signing_keys_cached_seconds = number("Time between two reads of the public keys.", 60)

    # Attempts, as quota/seconds
    sign_ins_per_account = rate("Attempts to sign in with one e-mail address, whether it is known or not.", "10/900")
    sign_ins_per_address = rate("Attempts to sign in from one network address; many people may share one.", "100/900")
    sign_ups_per_address = rate("Attempts to sign up from one network address.", "30/3600")
    messages_per_contact = rate("Messages with codes to one address or number; more are not sent.", "5/3600")
    messages_per_address = rate("Messages asked for from one network address, beside those of sign-ups.", "30/3600")
    answers_per_address = rate("Codes and links answered from one network address.", "100/3600")
    second_factors_per_account = rate("Second factors tried for one account, with the password right.", "10/900")
    proofs_per_account = rate("Passwords tried within sessions of one account.", "10/900")
    coupons_per_cart = rate("Times that codes are named to one cart.", "20/900")
    coupons_per_address = rate("Times that codes are named to carts from one network address.", "100/900")
    refreshes_per_address = rate("Refresh tokens presented from one network address.", "600/900")

    # HTTP
    page_size_default = number("Items on a page when the caller names no limit.", 20)
    page_size_limit = number("Most items a caller may ask for.", 100)
    body_limit_bytes = number("Largest request body that is read.", 262_144)
    catalogue_cached_seconds = number("How long shared caches may keep public catalogue answers.", 60)
    assets_cached_seconds = number("How long anybody may keep a file that is named by its content.", 31_536_000)
    idempotency_kept_seconds = number("How long an Idempotency-Key replays its answer.", 86_400)
    idempotency_lease_seconds = number("How long a claimed Idempotency-Key blocks others if its request dies.", 30)
    connect_within_seconds = number("Time-out for reaching an AWS service.", 2)
    answer_within_seconds = number("Time-out for an answer of an AWS service.", 10)
    write_patience_seconds = number("How long contended writes are retried before answering 503.", 3)
    prefer_wait_limit_seconds = number("Longest `Prefer: wait` that is honoured.", 10)

    # Catalogue and stock
    lists_cached_seconds = number("How long a process keeps lists of products in its memory at most; 0: never.", 900)
    lists_polled_seconds = number("Time between two looks of a process at whether a list has changed.", 5)
    lists_put_off_seconds = number("Pause before a product that could not be listed anew is tried again.", 600)
    lists_cached_cards = number("Most products in the lists that a process keeps in its memory.", 10_000)
    low_stock_units = number("Shoppers are told how many are left when it is no more than this.", 5)

    # Pictures
    upload_within_seconds = number("Time to upload a picture after its form was asked for.", 900)
    upload_grace_seconds = number("Time after that before a picture that did not come is given up.", 3_600)
    upload_limit_bytes = number("Largest file that may be uploaded as a picture.", 20_000_000)
    picture_pixels_limit = number(
        "Most pixels of an uploaded picture; told by its head, before it is decoded.", 50_000_000
    )
    picture_metadata_limit_bytes = number(
        "Most bytes of an upload beside its pixels: Exif, profiles, texts.", 1_000_000
    )

    # Addresses
    addresses_limit = number("Most addresses in one user's book.", 50)

    # Carts and prices
    cart_kept_seconds = number("A cart without activity is forgotten after this.", 7_776_000)
    cart_skus_limit = number("Most distinct SKUs in a cart; orders must fit one transaction.", 90)
    cart_vendors_limit = number("Most vendors in a cart; orders must fit one transaction.", 20)
    cart_quantity_limit = number("Most units of one SKU in a cart.", 999)
    cart_size_limit_bytes = number("Most bytes of a cart's lines, not packed; orders must fit 400 KB.", 260_000)
    cart_coupons_limit = number("Most coupon codes in a cart.", 5)
    cart_reminders_after_seconds = numbers(
        "When somebody is reminded of a cart, counted from its last activity; up to three times, never when empty.",
        "3600,86400,259200",
    )
    cart_reminders_apart_seconds = number("Shortest time between reminders of two carts to one reader.", 86_400)
    cart_recovery_seconds = number("How long a link in a reminder restores the cart.", 2_592_000)
    recoveries_per_address = rate("Links of reminders followed from one network address.", "60/3600")
    shop_currency = text("Currency that the shop sells in.", "ETB")
    charged_currencies = names("Currencies that a purchase can be paid in.", "ETB,USD")
    tax_percent = percent("Value added tax on goods and delivery.", "15")
    prices_include_tax = switch("Whether listed prices already contain the tax.", False)
    rates_base_url = text("Address of ExchangeRate-API's open access, with its version; off when empty.", "")
    rates_patience_seconds = number("Time-out of a call for exchange rates.", 10)
    rates_jump_percent = percent("A fetched rate further than this from the one before is not believed.", "20")
    rates_cached_seconds = number("How long exchange rates are kept in memory for showing prices.", 300)

    # Delivery
    shipping_flat_minor = number(
        "What delivery costs anywhere until staff make a plan, in minor units; like prices, with or without tax.",
        15_000,
    )
    shipping_plan_limit_bytes = number("Most bytes of a delivery plan as stored; each checkout reads it.", 32_000)
    shipping_cached_seconds = number("How long the delivery plan is kept in memory for showing options.", 60)
    shop_country = text("Country in which the shop is at home (ISO 3166-1 alpha-2).", "ET")
    shop_utc_offset_minutes = number("How far the shop's clock is ahead of UTC; days of delivery are its days.", 180)

    # Promotions
    automatic_promotions_limit = number("Most automatic promotions that are not over; each quote reads them.", 100)
    automatic_promotions_limit_bytes = number("Most bytes of all automatic promotions as stored.", 60_000)
    limited_coupons_limit = number("Most limited promotions in a purchase; they fit its one transaction.", 2)

    # Checkout and payment
    schedule_spare_seconds = number("Time a scheduled function must have left to begin with one more thing.", 15)
    start_within_seconds = number("A checkout whose execution has not begun by then is started again.", 60)
    pay_within_seconds = number("Time a shopper has to pay.", 1_800)
    sweep_grace_seconds = number("Time after the deadline before the sweeper ends an unpaid checkout.", 30)
    checkout_attempts_limit = number("Executions of one checkout before late money is owed back.", 2)
    payment_link_seconds = number("Time that Chapa keeps an unpaid link open.", 3_600)
    payment_check_seconds = number("First pause before an open payment is verified without a webhook.", 60)
    payment_check_longest_seconds = number("Longest pause between two such checks; they double.", 21_600)
    return_check_seconds = number("Shortest pause between two looks at a payment whose shopper comes back.", 5)
    payment_checked_for_seconds = number("Time after which an unpaid attempt is no longer checked.", 172_800)
    checkout_kept_seconds = number("An ended checkout is forgotten after this.", 7_776_000)
    chapa_base_url = text("Address of Chapa's v1 API.", "https://api.chapa.co/v1")
    chapa_patience_seconds = number("Time-out of each call to Chapa.", 10)
    chapa_failures = rate("Calls of Chapa without an answer after which a process leaves it alone.", "5/60")
    chapa_pause_seconds = number("How long it does so, before it tries one call.", 30)
    chapa_amount_has_charge = switch(
        "Whether shoppers bear Chapa's charge, so that a verified amount may contain it.", False
    )
    payment_page_title = text("Title of Chapa's page: 16 letters, digits and `-_ .`; the rest is left out.", "Nexus")
    live_payments_stages = names(
        "Stages in which a live key of Chapa's is used; in all others it is refused.", "production"
    )
    chapa_mode = text("`mode` that Chapa's verified payments must carry: `test` or `live`.", "test")
    refund_check_seconds = number("Pause between two looks at a refund that Chapa has taken on.", 21_600)
    refund_within_seconds = number("Time that Chapa has to pay a refund before a person looks at it.", 432_000)
    cash_on_delivery_limits = names(
        "Most that may be paid on delivery, by currency: `ETB:500000`; none when empty.", ""
    )
    cash_on_delivery_places = names("Where that is possible: a country, or a city of one, such as `ET:Adama`.", "ET")
    chapa_webhook_proofs = names(
        "Headers of which one must prove that a webhook is Chapa's: `body` (a signature over it) or `basic` (HTTP).",
        "x-chapa-signature:body",
    )
    webhook_kept_seconds = number("How long received webhooks are remembered.", 2_592_000)

    # Text messages
    twilio_base_url = text("Address of Twilio's API, without its version.", "https://api.twilio.com")
    twilio_patience_seconds = number("Time-out of each call to Twilio.", 10)

    # Events
    event_marker_kept_seconds = number("How long a consumer remembers an event; longer than dead letters.", 1_814_400)
    delivery_lease_seconds = number("How long a message being sent blocks a second try.", 120)


settings = Settings()


def declared() -> list[Setting[Any]]:
    """Return every declared setting in order of appearance."""
    return [each for each in vars(Settings).values() if isinstance(each, Setting)]
