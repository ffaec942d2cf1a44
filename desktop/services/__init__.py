"""Use cases and transactions: the verbs that screens and the command line call; each takes the session first."""
