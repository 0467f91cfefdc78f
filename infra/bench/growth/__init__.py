"""Do reads cost the same in a shop of a thousand products and in one of a hundred thousand?"""
