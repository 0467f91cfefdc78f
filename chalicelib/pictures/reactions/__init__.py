"""What do pictures do when a file was uploaded, or when time has passed? Apart, since one of them needs a library."""
