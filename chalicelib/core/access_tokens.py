"""What does an access token look like? The profile (RFC 9068) that its signer and its checkers share."""

AUDIENCE = "nexus-api"
TOKEN_TYPE = "at+jwt"  # noqa: S105 - a media type
ALGORITHM = "ES256"
