"""The screens: what is shown together and what the keys mean there."""
