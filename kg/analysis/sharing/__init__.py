"""Who shares work with whom: pairs, groups and who ties them together, tasks with many bodies, whose support a lead needs."""
