"""Settings: where things live and what the user chose."""
