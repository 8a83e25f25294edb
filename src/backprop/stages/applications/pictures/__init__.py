"""The pictures of the five applications, one file each."""
