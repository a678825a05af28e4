"""The bodies of the cooperation: their seats and members, and the life of a group."""
