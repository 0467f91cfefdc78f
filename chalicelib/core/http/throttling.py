"""Which attempts does an operation count, and how is its caller told? RateLimit fields as in IETF draft -11.

    @router.post("/sessions", ..., throttles=(per_address(Settings.x), per_account(Settings.y, email_of)))

Wide per network address, which many people of a mobile network share; tight per account. They are counted in the
order in which they stand, up to the first that refuses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.core import throttles
from chalicelib.core.http.request import Request
from chalicelib.core.throttles import Policy, Verdict

# Whoever has one IPv6 address usually has all of its network.
_IPV6_PREFIX_BITS = 64


@dataclass(frozen=True)
class Throttling:
    """A policy, and whose attempts it counts: all, unless ``when`` says of which bodies."""

    policy: Policy
    subject_of: Callable[[Request, Any], str]
    needs_body: bool = False
    when: Callable[[Any], bool] | None = None

    @property
    def name(self) -> str:
        """Return what the policy is called, in the table and to callers."""
        return throttles.policy_name(self.policy)

    def counts(self, body: Any) -> bool:
        """Tell whether a request with that body counts."""
        return self.when is None or self.when(body)

    def verdict_on(self, request: Request, body: Any) -> Verdict:
        """Count a request."""
        return throttles.take(self.policy, self.subject_of(request, body))


def per_address(policy: Policy, *, when: Callable[[Any], bool] | None = None) -> Throttling:
    """Count by the network address that the gateway saw; what callers say of theirs is not read.

    With ``when``, only those requests count whose body it says so of.
    """
    throttling = Throttling(policy, lambda request, body: _network_of(request.address))
    return throttling if when is None else replace(throttling, when=when, needs_body=True)


def per_account(policy: Policy, account_of: Callable[[Any], str]) -> Throttling:
    """Count by what the body names, in the one spelling that ``account_of`` gives it, whether it is there or not."""
    return Throttling(policy, lambda request, body: account_of(body), needs_body=True)


def demand_countable(declared: Sequence[Throttling], *, has_body: bool, is_cacheable: bool) -> None:
    """Refuse, at import, to count by a body that is not bound, and to tell one caller's figures to all."""
    if is_cacheable and declared:
        raise TypeError("what shared caches keep cannot be throttled: its headers would be somebody else's")
    if not has_body and any(each.needs_body for each in declared):
        raise TypeError("per_account needs a body")


def headers(declared: Sequence[Throttling], verdicts: Sequence[Verdict]) -> dict[str, str]:
    """Return what a caller is told: every policy, and what is left of those that counted this request."""
    if not verdicts:
        return {}
    rates = {each.name: each.policy.value for each in declared}
    policies = (f'"{name}";q={rate.quota};w={rate.window_seconds}' for name, rate in rates.items())
    limits = (f'"{each.policy}";r={each.left};t={each.seconds_to_next}' for each in verdicts)
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(limits)}


def _network_of(address: str) -> str:
    if ":" not in address:
        return address
    from ipaddress import IPv6Address, IPv6Network

    whole = IPv6Address(address)
    return str(whole.ipv4_mapped or IPv6Network((whole, _IPV6_PREFIX_BITS), strict=False))
