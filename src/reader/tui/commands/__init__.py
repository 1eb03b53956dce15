"""What one can do, declared once: key, footer, palette and help all come from here."""
