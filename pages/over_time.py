"""When did it change?"""
