"""The Processing provider and its thin algorithms, one file each."""
