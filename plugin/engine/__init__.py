"""The plugin's end of the door: find, install, start and talk to the engine."""
