"""Orders: what was bought, by whom, from which vendors, at which prices."""
