"""Is every contradiction in the table found, and none in a sound one?"""
