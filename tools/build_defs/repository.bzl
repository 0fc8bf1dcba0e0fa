"""Where this tree is while it is built."""

def repository_folder():
    """The folder of this tree in commands, with a slash at its end: "" where it is the workspace itself."""
    name = native.repository_name()
    return "" if name == "@" else "external/%s/" % name[len("@"):]
