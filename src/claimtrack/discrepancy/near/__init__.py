"""Which claims a question, or a change, can matter to: told without computing what they say against each other."""
