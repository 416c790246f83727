"""The pages of the explorer as a folder of files, for a disk without a server."""
