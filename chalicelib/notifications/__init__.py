"""Notifications: what shoppers are told by mail, in their own language, once."""
