"""In which language? Choosing a locale and finding the texts for it."""
