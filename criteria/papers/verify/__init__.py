"""The page on which everybody may check a packet or a letter, by its code or by the file."""
