"""Raw articles and tables in object stores: brought to this machine before a build, and published from it after."""
