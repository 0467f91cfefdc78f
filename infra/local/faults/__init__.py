"""How do outside calls go wrong? On the wire: in what a vendor's stand-in answers, and in a proxy before anybody."""
