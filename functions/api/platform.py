"""What does the platform say of itself? The Lambda of operations that belong to no domain."""

from chalice.app import Chalice

app = Chalice(app_name="platform", configure_logs=False)


@app.route("/health", methods=["GET"])
def health() -> dict[str, str]:
    """Say that requests reach our code."""
    return {"status": "ok"}
