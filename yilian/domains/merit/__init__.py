"""Merits and penalties of members and their people: proposed, heard, decided, published, appealed, lapsed."""
