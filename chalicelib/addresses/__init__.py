"""Where do people live? Each user's book of addresses, its defaults, and Ethiopia's regions."""
