"""How do goods reach their buyers, what does that cost, and when are they there?"""
