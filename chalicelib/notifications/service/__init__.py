"""What are readers told, and what becomes of it? Each file is a use case; its function imports no other."""
