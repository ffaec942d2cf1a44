"""The house's own controls; pages use these and no bare Qt control with user text."""
