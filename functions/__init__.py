"""When code runs: one file per Lambda, grouped by what triggers it; a file here is wiring, never logic."""
