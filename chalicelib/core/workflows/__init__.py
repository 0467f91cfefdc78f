"""How long work is declared, started, resumed and given back."""
