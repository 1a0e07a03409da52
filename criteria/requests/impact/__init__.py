"""What an edition would change of the requests there are: judged in memory, nothing is written."""
