"""What does an operator do by hand, without the API?"""
