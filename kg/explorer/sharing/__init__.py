"""协同: who answers together with whom, in one region at a time.

records.py    what the screen shows
network.py    the matrix, group by group; the network of those who share many tasks, on a circle
groups.py     communities and brokers
around.py     one body; two bodies and their tasks; the tasks behind each number
readings.py   the figures of the measures as words that both languages have
gather.py     a region and what is asked → the screen
"""

from kg.explorer.sharing.gather import gather_sharing, list_places, list_regions

__all__ = ["gather_sharing", "list_places", "list_regions"]
