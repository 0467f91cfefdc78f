"""How do domains tell each other what happened? Events that ride on the item that changed."""
