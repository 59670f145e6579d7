@rem Scripts in package.json begin with exec, so that a signal reaches Node and not only the shell. Windows has no such word.
@%*
