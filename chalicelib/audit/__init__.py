"""Who did what to what, in a table that only ever grows?"""
