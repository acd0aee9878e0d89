"""One file a job: a page that reads as the recipe."""
